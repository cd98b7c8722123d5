import { checkResult, type CheckResult } from '../../src/model/check-result';
import { createReport, type Report, type RuleDescription } from '../../src/report/report';

const where = { file: 'deploy/orders.yaml', object: 'APIRule shop/orders' };

/** Results as `validate` and `verify` give them: each status, with and without place, suppressed and skipped. */
export const sampleResults: readonly CheckResult[] = [
  checkResult({
    id: 'unknown-field',
    status: 'fail',
    severity: 'high',
    title: 'Every field is known to the API server',
    message: 'spec.rules[0].jwt.authentications[0].audiences is no field of an APIRule; did you mean "jwt.authorizations[].audiences"?',
    reason: 'The API server drops the field without a word.',
    fix: 'Move the list under authorizations.',
    docs: 'docs/checks.md#unknown-field',
    where: {
      ...where,
      path: 'spec.rules[0].jwt.authentications[0].audiences',
      line: 14,
      column: 13,
      excerpt: '            audiences: [orders]',
    },
  }),
  checkResult({
    id: 'hole-no-token',
    status: 'fail',
    severity: 'critical',
    title: 'A protected path needs a token',
    message: 'a public rule also matches /admin/{*}, which another rule protects',
    request: 'GET https://orders.example.com/admin/a',
    expected: '403',
    actual: 'forwarded by rule 2 without a token',
    fix: 'Narrow the path of the public rule.',
    docs: 'docs/checks.md#hole-no-token',
    where: { ...where, path: 'spec.rules[2].path', line: 22, column: 13, excerpt: '      path: /{**}' },
  }),
  checkResult({
    id: 'issuer-https',
    status: 'error',
    severity: 'high',
    title: 'Issuers are reached over https',
    message: 'the issuer is the placeholder ${ISSUER}',
    where: { ...where, path: 'spec.rules[0].jwt', line: 10, column: 7 },
  }),
  checkResult({
    id: 'timeout-long',
    status: 'warn',
    severity: 'low',
    title: 'A request ends within minutes',
    message: 'timeout is 3900; give 600 or less',
    where: { ...where, path: 'spec.timeout', line: 6, column: 12, excerpt: '  timeout: 3900' },
  }),
  checkResult({
    id: 'wildcard-host',
    status: 'skip',
    severity: 'medium',
    title: 'A host is one host',
    message: 'the host *.example.com takes every name',
    where: { ...where, path: 'spec.hosts[0]', line: 5, column: 7 },
    suppressed: { by: 'annotation', reason: 'one host per tenant, see the tenant guide', until: '2027-01-31' },
  }),
  checkResult({
    id: 'kind-not-checked',
    status: 'skip',
    severity: 'info',
    title: 'Objects of other kinds are not checked',
    message: '3 objects of kind ConfigMap; no rule looks at this kind',
    where: { object: 'ConfigMap' },
  }),
];

/** A catalog with a rule that is reported and one that is not. */
export const sampleRules: readonly RuleDescription[] = [
  {
    id: 'hole-no-token',
    title: 'A protected path needs a token',
    severity: 'critical',
    why: 'Anybody reaches what the other rule protects.',
    fix: 'Narrow the path of the public rule.',
    docs: 'docs/checks.md#hole-no-token',
    refs: ['CWE-862', 'https://kyma-project.io/external-content/api-gateway/docs/user/README.html'],
  },
  {
    id: 'unused',
    title: 'A rule that found nothing',
    severity: 'info',
    why: 'It shows that it ran.',
    fix: 'Nothing.',
    docs: 'docs/checks.md#unused',
    refs: ['RFC 8725, section 3.1'],
  },
];

/** The report of an offline verb. */
export const sampleReport: Report = reportOf(sampleResults, { documents: 5, checked: 2 });

export function reportOf(results: readonly CheckResult[], data: Record<string, number> = {}): Report {
  return createReport({ verb: 'validate', run: { labels: {}, inputDigest: 'd' }, results, data, version: '1.2.3' });
}
