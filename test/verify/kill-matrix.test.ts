import { soundGateways } from '../gateways/sound-gateways';
import { weakClaims } from '../gateways/weak-claims';
import { weakIssuers } from '../gateways/weak-issuers';
import { weakRouting } from '../gateways/weak-routing';
import { weakSignatures } from '../gateways/weak-signatures';
import { weakTokens } from '../gateways/weak-tokens';
import { allIssuerChecks } from '../../src/verify/issuer-checks/all-issuer-checks';
import { allProbes } from '../../src/verify/probes/all-probes';
import { publicOpen } from '../../src/verify/probes/public-open';
import { allTokenChecks } from '../../src/verify/token-checks/all-token-checks';
import { createDeploymentKeys, raisedBy, verifyDeployment, type DeploymentKeys } from '../support/verify-deployment';

const weakDeployments = [...weakTokens, ...weakSignatures, ...weakClaims, ...weakRouting, ...weakIssuers];
let keys: DeploymentKeys;

beforeAll(async () => {
  keys = await createDeploymentKeys();
});

describe('a weak deployment raises exactly its weakness:', () => {
  test.each(weakDeployments)('one $name', async (deployment) => {
    expect(raisedBy(await verifyDeployment(deployment, keys))).toEqual(deployment.raises);
  });
});

describe('a sound deployment raises nothing and proves every claim:', () => {
  test.each(soundGateways)('one $name', async (deployment) => {
    const { results, undecided } = await verifyDeployment(deployment, keys);
    expect(results.filter(({ status }) => status === 'fail' || status === 'warn' || status === 'error')).toEqual([]);
    expect(undecided).toBe(false);
  });
});

test('every probe and every check has a weak deployment that it catches', () => {
  const caught = new Set(weakDeployments.flatMap(({ raises }) => raises));
  const ids = [...allProbes, ...allIssuerChecks, ...allTokenChecks, publicOpen].map(({ id }) => id);
  expect(ids.filter((id) => !caught.has(id))).toEqual([]);
});

test('ids are given once', () => {
  const ids = [...allProbes, ...allIssuerChecks, ...allTokenChecks, publicOpen].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
