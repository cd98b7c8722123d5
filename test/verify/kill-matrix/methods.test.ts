import { weakMethods } from '../../gateways/weak-methods';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakMethods)('a deployment weak in methods raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
