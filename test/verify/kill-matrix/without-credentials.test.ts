import type { VerbOutcome } from '../../../src/model/verb-outcome';
import { allProbes } from '../../../src/verify/probes/all-probes';
import type { VerifyOptions } from '../../../src/verify/verify-input';
import type { WeakDeployment } from '../../gateways/deployment';
import { soundGateways } from '../../gateways/sound-gateways';
import { weakDeployments } from '../../gateways/weak-deployments';
import { byId, createDeploymentKeys, verifyDeployment, type DeploymentKeys } from '../../support/verify-deployment';

const whole = process.env['KILL_MATRIX'] === 'whole';

/** Weak after a good call only, or with an answer of which only the good one shows that it is the content. */
const onlyWithToken = new Set([
  'that puts 403 over the data instead of keeping them back',
  'that puts 401 over data in XML, which say something else in every call',
  'that opens more paths than its rules name, to good tokens',
  'with a public catch-all before a workload that never looks at the path',
  'that forwards preflights to a workload that answers with data',
  'whose workload has a second host, unprotected',
  'that decides once per HTTP/2 connection',
  'that decides once per kept connection',
  'that remembers decisions by the URL',
  'that remembers decisions by the path',
]);

/** Open to strangers; in the usual run only where the comparison with the good answer is what shows it. */
const open = weakDeployments.filter(
  ({ name, raises }) => raises.includes('closed-to-anonymous') && !onlyWithToken.has(name) && (whole || raises.some(isByComparison)),
);

function isByComparison(id: string): boolean {
  const probe = allProbes.find((one) => one.id === id);
  return probe?.evidence === 'control' || id === 'path-query';
}

let keys: DeploymentKeys;

beforeAll(async () => {
  keys = await createDeploymentKeys();
});

function claimsOf(outcome: VerbOutcome): string[] {
  return [...new Set(byId(outcome, 'closed-to-anonymous').map(({ status }) => status))];
}

function withoutCredentials({ raises }: Partial<WeakDeployment>): VerifyOptions {
  const families = allProbes.filter(({ id }) => raises?.includes(id) ?? true).map(({ family }) => family);
  return {
    profile: 'full',
    credentials: [],
    denied: [],
    signingKeys: { byIssuer: new Map(), others: [] },
    canary: 'off',
    families: [...new Set(families)],
  };
}

test.each(open)('without credentials nobody is told that strangers stay outside of one $name', async (deployment) => {
  const claims = claimsOf(await verifyDeployment(deployment, keys, withoutCredentials(deployment)));
  // A deployment may have routes that are closed beside the one that is not.
  expect(claims.includes('pass') && !claims.includes('fail')).toBe(false);
});

test.each(soundGateways.filter(({ rules, options }) => rules !== 'catch-all' && options === undefined).slice(0, whole ? undefined : 4))(
  'without credentials nothing is raised of one $name',
  async (deployment) => {
    const outcome = await verifyDeployment(deployment, keys, {
      ...withoutCredentials({}),
      only: ['GET */orders'],
      ...(!whole && { requestsPerRoute: 120 }),
    });
    expect(claimsOf(outcome)).not.toContain('fail');
  },
);

test('what takes a good token first is named where there is none', async () => {
  const [sound] = soundGateways;
  const [claim] = byId(await verifyDeployment(sound!, keys, { ...withoutCredentials({}), only: ['GET */orders'] }), 'closed-to-anonymous');
  expect(claim?.message).toMatch(/nobody gets in without a token; not tried: connection-reuse, cached-answer$/);
});
