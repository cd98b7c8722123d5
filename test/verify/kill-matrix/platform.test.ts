import { weakPlatform } from '../../gateways/weak-platform';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakPlatform)('a deployment weak in its platform raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
