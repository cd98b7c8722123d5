import { weakRouting } from '../../gateways/weak-routing';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakRouting)('a deployment weak in routes raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
