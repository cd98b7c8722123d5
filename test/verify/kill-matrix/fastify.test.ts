import { soundFastify, weakFastify } from '../../gateways/fastify-gateways';
import { mostOfSound, raisedInMatrix } from '../../support/kill-matrix';
import { createDeploymentKeys, raisedBy, verifyDeployment } from '../../support/verify-deployment';

test.each(weakFastify)('usual plugins used wrongly raise exactly their weakness: a deployment $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});

test('Fastify as its manual says raises nothing above info', async () => {
  const outcome = await verifyDeployment(soundFastify, await createDeploymentKeys(), { profile: 'full', ...mostOfSound });
  expect([raisedBy(outcome), outcome.undecided]).toEqual([[], false]);
});
