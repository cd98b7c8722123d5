import { soundFastify, soundFastifyLate, weakFastify } from '../../gateways/fastify-gateways';
import { mostOfSound, raisedInMatrix } from '../../support/kill-matrix';
import { createDeploymentKeys, raisedBy, verifyDeployment } from '../../support/verify-deployment';

test.each(weakFastify)('usual plugins used wrongly raise exactly their weakness: a deployment $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});

test.each([
  ['asked as the calls are meant', {}],
  ['asked without consent to write', { gentle: true, rate: 100_000 }],
])('Fastify that looks at the form of a call first raises nothing above info, %s', async (_, options) => {
  const outcome = await verifyDeployment(soundFastifyLate, await createDeploymentKeys(), {
    profile: 'full',
    ...mostOfSound,
    ...options,
  });
  expect([raisedBy(outcome), outcome.undecided]).toEqual([[], false]);
});

test('Fastify as its manual says raises nothing above info', async () => {
  const outcome = await verifyDeployment(soundFastify, await createDeploymentKeys(), { profile: 'full', ...mostOfSound });
  expect([raisedBy(outcome), outcome.undecided]).toEqual([[], false]);
});
