import { weakTrust } from '../../gateways/weak-trust';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakTrust)('a deployment weak in the headers it trusts raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
