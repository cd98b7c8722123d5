import { weakIssuers } from '../../gateways/weak-issuers';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakIssuers)('a deployment weak by its issuer raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
