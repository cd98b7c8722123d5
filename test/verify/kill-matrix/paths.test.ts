import { weakPaths } from '../../gateways/weak-paths';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakPaths)('a deployment weak in paths raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
