import type { VerbOutcome } from '../../../src/model/verb-outcome';
import type { Deployment } from '../../gateways/deployment';
import { soundGateways } from '../../gateways/sound-gateways';
import { mostOfSound } from '../../support/kill-matrix';
import { createDeploymentKeys, verifyDeployment, type DeploymentKeys } from '../../support/verify-deployment';

let keys: DeploymentKeys;

beforeAll(async () => {
  keys = await createDeploymentKeys();
});

describe('a sound deployment raises nothing above info and proves every claim:', () => {
  test.each(soundGateways)('one $name', async (deployment) => {
    const outcome = await verifyDeployment(deployment, keys, { profile: 'full', ...mostOfSound });
    expect([wrongIn(outcome).filter(isUnexpected(deployment)), outcome.undecided]).toEqual([[], deployment.isUnproven ?? false]);
  });

  test.each(soundGateways.filter(({ rules, options }) => rules === undefined && options === undefined).slice(0, 3))(
    'one $name, asked everything',
    async (deployment) => {
      const outcome = await verifyDeployment(deployment, keys, { profile: 'full', only: ['GET */orders'], allowSecretProbes: true });
      expect([wrongIn(outcome), outcome.undecided]).toEqual([[], false]);
      expect(outcome.results.filter(({ message }) => message.includes('left out')).map(({ id, message }) => `${id}: ${message}`)).toEqual(
        [],
      );
    },
  );

  test.each(soundGateways.filter(({ name }) => name.includes('public route')))(
    'one $name, asked for every spelling of the path',
    async (deployment) => {
      const outcome = await verifyDeployment(deployment, keys, { profile: 'full', only: ['GET */orders'], families: ['path', 'routing'] });
      expect([wrongIn(outcome), outcome.undecided]).toEqual([[], false]);
    },
  );
});

/** Without credentials it stays undecided whether good tokens get in, and nothing else does. */
function isUnexpected({ isUnproven = false }: Deployment): (line: string) => boolean {
  return (line) => !(isUnproven && /^(control|protected) error: /.test(line));
}

function wrongIn({ results }: VerbOutcome): string[] {
  const wrong = results.filter(({ status, severity }) => status === 'error' || (['fail', 'warn'].includes(status) && severity !== 'info'));
  return wrong.map(({ id, status, message }) => `${id} ${status}: ${message}`);
}
