import { apiRule, call, jwt, nowhere, open, rbac, reach, refusedToken, rule, service } from './case-parts';
import { answers, type Deduction } from './deduction';

const one = (...rules: Parameters<typeof apiRule>[0]) => [service(), apiRule(rules)];

/** Sets of rules that open or close more than their author meant. What to do about each is said by the checks. */
export const hazardDeductions: readonly Deduction[] = [
  {
    belief: 'a protected root path stays closed before a weaker rule for everything',
    verdict: 'refuted',
    title: 'a weaker rule for everything admits callers of a protected root path without token',
    manifests: one(rule('GET /', jwt(['a'])), rule('GET /*', open)),
    requests: answers(
      [call('GET /'), reach('/')],
      [call('GET /x'), reach('/x')],
      [call('GET /', 'foreign'), refusedToken('Jwt verification fails')],
    ),
  },
  {
    belief: 'a protected path stays closed between two rules of one weaker path',
    verdict: 'refuted',
    title: 'a weaker path that is listed twice admits callers of a protected path between without token',
    manifests: one(rule('POST /api/{**}', open), rule('GET /api/admin', jwt(['a'])), rule('GET /api/{**}', open)),
    requests: answers([call('GET /api/admin'), reach('/api/admin')], [call('GET /api/x'), reach('/api/x')]),
  },
  {
    belief: 'a rule that is listed twice keeps its stronger strategy',
    verdict: 'refuted',
    title: 'of two rules that differ in strategy only, the policy of the later one is in force',
    manifests: one(rule('GET /a', jwt(['a'])), rule('GET /a', open)),
    requests: answers([call('GET /a'), reach('/a')]),
  },
  {
    belief: 'a protected rule keeps what an earlier public rule also takes',
    verdict: 'refuted',
    title: 'where patterns overlap, the earlier public rule admits without token',
    manifests: one(rule('GET /{*}/b', open), rule('GET /a/{*}', jwt(['a']))),
    requests: answers([call('GET /a/b'), reach('/a/b')], [call('GET /a/c'), rbac], [call('GET /a/c', 'a'), reach('/a/c')]),
  },
  {
    belief: 'a public rule for every host of a domain leaves a protected host on the same Pods alone',
    verdict: 'refuted',
    title: 'a public rule for a wildcard host opens protected hosts of the same workload',
    manifests: [...one(rule('GET /a', jwt(['a']))), apiRule([rule('GET /*', open)], { hosts: ['*.@case.example.com'] }, 'second')],
    requests: answers([call('GET /a'), reach('/a')], [call('GET /x'), nowhere]),
  },
  {
    belief: 'spellings of a protected path fall into a public rule for the rest',
    verdict: 'confirmed',
    title: 'a slash, case or escape too many is another path, which the public rule takes',
    manifests: one(rule('GET /admin', jwt(['a'])), rule('GET /{**}', open)),
    requests: answers(
      [call('GET /admin'), rbac],
      [call('GET /x/../admin'), rbac],
      [call('GET /%61dmin'), rbac],
      ...['/admin/', '//admin', '/Admin', '/admin%2F', '/admin;x'].map((path) => [call(`GET ${path}`), reach(path)] as const),
    ),
  },
  {
    belief: 'a header that the gateway sets can satisfy a JWT rule for everybody',
    verdict: 'confirmed',
    title: 'a header set by the rule is what the workload reads',
    manifests: one(rule('GET /a', jwt(['a']), { request: { headers: { Authorization: 'Bearer not.good.token' } } })),
    requests: answers(
      [call('GET /a'), refusedToken('Jwt header is an invalid JSON')],
      [call('GET /a', 'a'), refusedToken('Jwt header is an invalid JSON')],
    ),
  },
  {
    belief: 'excluded paths are excluded for every method',
    verdict: 'confirmed',
    title: 'a method that the earlier rule does not list is refused on its path',
    manifests: one(rule('GET /api/admin', jwt(['a'])), rule('GET,POST /api/{**}', open)),
    requests: answers([call('POST /api/admin'), rbac], [call('POST /api/x'), reach('/api/x')], [call('GET /api/admin'), rbac]),
  },
  {
    belief: 'earlier paths are excluded from later rules of the same method, in list order',
    verdict: 'confirmed',
    title: 'a protected path before a public rule for the rest stays closed',
    manifests: one(rule('GET /a/b', jwt(['a'])), rule('GET /a/{*}', open), rule('GET /*', jwt(['b']))),
    requests: answers(
      [call('GET /a/b'), rbac],
      [call('GET /a/b', 'a'), reach('/a/b')],
      [call('GET /a/c'), reach('/a/c')],
      [call('GET /z'), rbac],
      [call('GET /z', 'b'), reach('/z')],
    ),
  },
];
