import { weakSignatures } from '../../gateways/weak-signatures';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakSignatures)('a deployment weak in signatures raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
