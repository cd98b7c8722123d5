import { weakTokens } from '../../gateways/weak-tokens';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakTokens)('a deployment weak in tokens raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
