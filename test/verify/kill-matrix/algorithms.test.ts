import { weakAlgorithms } from '../../gateways/weak-algorithms';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakAlgorithms)('a deployment weak in algorithms raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
