import { soundExpress, weakExpress } from '../../gateways/express-gateways';
import { mostOfSound, raisedInMatrix } from '../../support/kill-matrix';
import { createDeploymentKeys, raisedBy, verifyDeployment } from '../../support/verify-deployment';

test.each(weakExpress)('usual middleware used wrongly raises exactly its weakness: a deployment $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});

test('Express as its manuals say raises nothing above info', async () => {
  const outcome = await verifyDeployment(soundExpress, await createDeploymentKeys(), { profile: 'full', ...mostOfSound });
  expect([raisedBy(outcome), outcome.undecided]).toEqual([[], false]);
});
