import { soundGateways } from '../../gateways/sound-gateways';
import { createDeploymentKeys, verifyDeployment, type DeploymentKeys } from '../../support/verify-deployment';

let keys: DeploymentKeys;

beforeAll(async () => {
  keys = await createDeploymentKeys();
});

describe('a sound deployment raises nothing and proves every claim:', () => {
  test.each(soundGateways)('one $name', async (deployment) => {
    const { results, undecided } = await verifyDeployment(deployment, keys);
    expect(results.filter(({ status }) => status === 'fail' || status === 'warn' || status === 'error')).toEqual([]);
    expect(undecided).toBe(false);
  });
});
