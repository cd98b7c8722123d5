import { weakDeployments } from '../../gateways/weak-deployments';
import { allIssuerChecks } from '../../../src/verify/issuer-checks/all-issuer-checks';
import { allProbes } from '../../../src/verify/probes/all-probes';
import { publicOpen } from '../../../src/verify/probes/public-open';
import { allTokenChecks } from '../../../src/verify/token-checks/all-token-checks';

const ids = [...allProbes, ...allIssuerChecks, ...allTokenChecks, publicOpen].map(({ id }) => id);

test('every probe and every check has a weak deployment that it catches', () => {
  const caught = new Set(weakDeployments.flatMap(({ raises }) => raises));
  expect(ids.filter((id) => !caught.has(id))).toEqual([]);
});

test('ids are given once', () => {
  expect(new Set(ids).size).toBe(ids.length);
});
