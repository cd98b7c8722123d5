import { notable } from '../../gateways/weak-platform';
import { mostOfSound } from '../../support/kill-matrix';
import { createDeploymentKeys, notedBy, raisedBy, verifyDeployment } from '../../support/verify-deployment';

test.each(notable)('what is only worth a note ends no pipeline: a deployment $name', async (deployment) => {
  const outcome = await verifyDeployment(deployment, await createDeploymentKeys(), mostOfSound);
  expect([raisedBy(outcome), notedBy(outcome)]).toEqual([[], deployment.notes]);
});
