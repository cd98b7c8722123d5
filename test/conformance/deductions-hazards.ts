import { apiRule, call, jwt, nowhere, open, rbac, reach, refusedToken, rule, service } from './case-parts';
import { answers, type Deduction } from './deduction';

const one = (...rules: Parameters<typeof apiRule>[0]) => [service(), apiRule(rules)];

/** Sets of rules that open or close more than their author meant. The checks find them and name what to do; texts for people name the effect only. */
export const hazardDeductions: readonly Deduction[] = [
  {
    belief: 'the order of rules can open what one of them protects (effect 1)',
    verdict: 'confirmed',
    title: 'order of rules, effect 1: a protected path is open to callers without token',
    manifests: one(rule('GET /', jwt(['a'])), rule('GET /*', open)),
    requests: answers(
      [call('GET /'), reach('/')],
      [call('GET /x'), reach('/x')],
      [call('GET /', 'foreign'), refusedToken('Jwt verification fails')],
    ),
  },
  {
    belief: 'the order of rules can open what one of them protects (effect 2)',
    verdict: 'confirmed',
    title: 'order of rules, effect 2: a protected path is open to callers without token',
    manifests: one(rule('POST /api/{**}', open), rule('GET /api/admin', jwt(['a'])), rule('GET /api/{**}', open)),
    requests: answers([call('GET /api/admin'), reach('/api/admin')], [call('GET /api/x'), reach('/api/x')]),
  },
  {
    belief: 'the order of rules can open what one of them protects (effect 3)',
    verdict: 'confirmed',
    title: 'order of rules, effect 3: a protected path is open to callers without token',
    manifests: one(rule('GET /a', jwt(['a'])), rule('GET /a', open)),
    requests: answers([call('GET /a'), reach('/a')]),
  },
  {
    belief: 'the order of rules can open what one of them protects (effect 4)',
    verdict: 'confirmed',
    title: 'order of rules, effect 4: a protected path is open to callers without token',
    manifests: one(rule('GET /{*}/b', open), rule('GET /a/{*}', jwt(['a']))),
    requests: answers([call('GET /a/b'), reach('/a/b')], [call('GET /a/c'), rbac], [call('GET /a/c', 'a'), reach('/a/c')]),
  },
  {
    belief: 'a public rule for every host of a domain reaches protected hosts on the same Pods',
    verdict: 'confirmed',
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
