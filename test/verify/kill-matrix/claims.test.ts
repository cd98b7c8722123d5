import { weakClaims } from '../../gateways/weak-claims';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakClaims)('a deployment weak in claims raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
