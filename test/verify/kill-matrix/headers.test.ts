import { weakHeaders } from '../../gateways/weak-headers';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakHeaders)('a deployment weak in the headers of tokens raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
