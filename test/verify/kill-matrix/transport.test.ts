import { weakTransport } from '../../gateways/weak-transport';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakTransport)('a deployment weak in where a token travels raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
