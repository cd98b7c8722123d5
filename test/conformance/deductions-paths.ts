import { apiRule, call, malformed, nowhere, open, policy, preflight, preflightAnswer, rbac, reach, rule, service } from './case-parts';
import { answers, type Deduction } from './deduction';

const everything = [service(), apiRule([rule('GET,OPTIONS /*', open)])];
const cors = { corsPolicy: { allowOrigins: [{ exact: 'https://app.example.com' }], allowMethods: ['POST'] } };

/** Hosts, methods, routes, paths and preflights. */
export const pathDeductions: readonly Deduction[] = [
  {
    belief: '`{**}` between slashes may be empty, and `/a/{**}` does not take `/a`',
    verdict: 'confirmed',
    title: 'many segments may be none, but the slash before them is needed',
    manifests: [service(), apiRule([rule('GET /a/{**}', open), rule('GET /b/{**}/c', open)])],
    requests: answers(
      [call('GET /a'), nowhere],
      [call('GET /a/'), reach('/a/')],
      [call('GET /a/b//c'), reach('/a/b//c')],
      [call('GET /b//c'), reach('/b//c')],
      [call('GET /b/x/y/c'), reach('/b/x/y/c')],
      [call('GET /b/c'), nowhere],
    ),
  },
  {
    belief: '`{*}` takes one segment that is not empty',
    verdict: 'confirmed',
    title: 'one segment is one, and not empty',
    manifests: [service(), apiRule([rule('GET /a/{*}', open)])],
    requests: answers(
      [call('GET /a/x'), reach('/a/x')],
      [call('GET /a/x%20y'), reach('/a/x%20y')],
      [call('GET /a/x*y'), reach('/a/x*y')],
      [call('GET /a/'), nowhere],
      [call('GET /a/x/'), nowhere],
      [call('GET /a/x%2'), nowhere],
    ),
  },
  {
    belief: '`/{**}` does not take a path with characters outside its set, such as a bar or a brace',
    verdict: 'refuted',
    title: 'characters that no URL may hold are encoded before routes are looked at; only brackets are outside the set',
    manifests: [service(), apiRule([rule('GET /{**}', open)])],
    requests: answers(
      [call('GET /a|b'), reach('/a%7Cb')],
      [call('GET /a{b}'), reach('/a%7Bb%7D')],
      [call('GET /"<^`>'), reach('/%22%3C%5E%60%3E')],
      [call('GET /a[b]'), nowhere],
    ),
  },
  {
    belief: 'a path with bytes beyond ASCII reaches the routes',
    verdict: 'refuted',
    title: 'bytes beyond ASCII are a malformed request',
    manifests: everything,
    requests: answers([call('GET /caf\u00e9'), malformed], [call('GET /caf%C3%A9'), reach('/caf%C3%A9')]),
  },
  {
    belief: 'literals of a route are not escaped, those of a policy are',
    verdict: 'confirmed',
    title: 'dots and operators of expressions in a path make the route other than the policy',
    manifests: [service(), apiRule(['/v1.0', '/a+b', '/c(d)', '/e$f', '/t.0/{*}', '/u+v/{*}'].map((path) => rule(`GET ${path}`, open)))],
    requests: answers(
      [call('GET /v1.0'), reach('/v1.0')],
      [call('GET /v1X0'), rbac],
      [call('GET /a+b'), nowhere],
      [call('GET /aab'), rbac],
      [call('GET /c(d)'), nowhere],
      [call('GET /cd'), rbac],
      [call('GET /e$f'), nowhere],
      [call('GET /t.0/x'), reach('/t.0/x')],
      [call('GET /tX0/x'), rbac],
      [call('GET /uuv/x'), rbac],
    ),
  },
  {
    belief: 'paths are normalized (`BASE`): dot segments, backslashes and escapes of unreserved characters are resolved',
    verdict: 'confirmed',
    title: 'spellings that mean the same path are one path',
    manifests: [service(), apiRule([rule('GET /admin', open)])],
    requests: answers(
      ...['/admin', '/x/../admin', '/./admin', '/%61dmin', '/x/%2e%2E/admin', '/x\\..\\admin', '\\admin', '/../admin', '/admin#x']
        .filter((target) => target.startsWith('/'))
        .map((target) => [call(`GET ${target}`), reach('/admin')] as const),
      [call('GET /admin?x=/../y'), reach('/admin?x=/../y')],
    ),
  },
  {
    belief: 'slashes are not merged, `%2F` is not decoded, case counts',
    verdict: 'confirmed',
    title: 'other spellings are other paths',
    manifests: [service(), apiRule([rule('GET /a/admin', open)])],
    requests: answers(
      ...['/a//admin', '//a/admin', '/a%2Fadmin', '/a/Admin', '/a/admin/', '/a/admin;x', '/a/%2561dmin'].map(
        (target) => [call(`GET ${target}`), nowhere] as const,
      ),
    ),
  },
  {
    belief: 'a dot segment with parameters stays as it is',
    verdict: 'refuted',
    title: 'parameters do not hide a dot segment, and the second hop resolves what the first has decoded',
    manifests: [service(), apiRule([rule('GET /admin', open), rule('GET /x/{**}', open)])],
    requests: answers(
      [call('GET /x/..;/admin'), reach('/admin')],
      [call('GET /x/..;a=b/admin'), reach('/admin')],
      [call('GET /x/%2e%2e;/admin'), reach('/admin')],
      [call('GET /x/...;/admin'), reach('/x/...;/admin')],
    ),
  },
  {
    belief: 'a zero byte is a character like others',
    verdict: 'refuted',
    title: 'an encoded zero byte is refused before anything is looked at',
    manifests: everything,
    requests: answers([call('GET /a%00'), '400 ""']),
  },
  {
    belief: 'a method in lower case is answered 400, any other without route 404',
    verdict: 'refuted',
    title: 'a method that the parser does not know is answered 400; one that it knows and no route takes, 404',
    manifests: everything,
    requests: answers(
      ...['get', 'Get', 'TEAPOT', 'M-SEARCH', 'PRI'].map((method) => [call(`${method} /a`), malformed] as const),
      ...['DELETE', 'PROPFIND', 'PURGE', 'LOCK'].map((method) => [call(`${method} /a`), nowhere] as const),
    ),
  },
  {
    belief: 'CONNECT reaches no route',
    verdict: 'confirmed',
    title: 'a rule that lists CONNECT is never reached by it',
    manifests: [service(), apiRule([rule('CONNECT /*', open)])],
    requests: answers([call('CONNECT api.@case.example.com:443'), nowhere], [call('CONNECT /a'), malformed]),
  },
  {
    belief: 'the exact host goes before the wildcard, the longer wildcard before the shorter; the rest is 404',
    verdict: 'confirmed',
    title: 'the closest host decides, whatever its case and port',
    manifests: [
      service('orders'),
      service('carts'),
      apiRule([rule('GET /a', open)]),
      apiRule([rule('GET /b', open)], { hosts: ['*.@case.example.com'], service: { name: 'carts', port: 80 } }, 'second'),
    ],
    requests: answers(
      [call('GET /a'), reach('/a')],
      [call('GET /b'), nowhere],
      [call('GET /b', undefined, { host: 'x.y.@case.example.com' }), reach('/b', 'carts')],
      [call('GET /a', undefined, { host: 'API.@case.Example.com' }), reach('/a')],
      [call('GET /b', undefined, { host: '@case.example.com' }), nowhere],
      [call('GET /a', undefined, { host: 'api.@case.example.com.' }), nowhere],
      [call('GET /a', undefined, { host: '' }), nowhere],
    ),
  },
  {
    belief: 'a host with port finds its route and is refused by the policy',
    verdict: 'confirmed',
    title: 'a port in the host is part of what policies compare',
    manifests: [service(), apiRule([rule('GET /a', open)])],
    requests: answers(
      [call('GET /a', undefined, { host: 'api.@case.example.com:443' }), rbac],
      [call('GET /a', undefined, { host: 'api.@case.example.com:x' }), rbac],
      [call('GET /a', undefined, { host: 'other.example.com:443' }), nowhere],
    ),
  },
  {
    belief: 'the authority of an absolute target counts, not the host header',
    verdict: 'confirmed',
    title: 'an absolute target names the host',
    manifests: [service(), apiRule([rule('GET /a', open)])],
    requests: answers(
      [call('GET http://api.@case.example.com/a', undefined, { host: 'other.example.com' }), reach('/a')],
      [call('GET http://other.example.com/a'), nowhere],
      [call('GET ftp://api.@case.example.com/a'), malformed],
    ),
  },
  {
    belief: 'the gateway answers preflights of allowed origins; others go on, and OPTIONS without route is 404',
    verdict: 'confirmed',
    title: 'a preflight is answered where a route takes OPTIONS and the origin is allowed',
    manifests: [service(), apiRule([rule('OPTIONS,POST /a', open), rule('POST /b', open)], cors)],
    requests: answers(
      [preflight('OPTIONS /a', 'https://app.example.com'), preflightAnswer],
      [preflight('OPTIONS /a', 'https://evil.example.com'), reach('/a')],
      [preflight('OPTIONS /b', 'https://app.example.com'), nowhere],
      [call('OPTIONS /a'), reach('/a')],
    ),
  },
  {
    belief: 'prefixes and expressions of allowed origins take more than the one meant',
    verdict: 'confirmed',
    title: 'an origin that only begins like an allowed one gets the answer',
    manifests: [service(), apiRule([rule('OPTIONS /a', open)], { corsPolicy: { allowOrigins: [{ prefix: 'https://app.example.com' }] } })],
    requests: answers(
      [preflight('OPTIONS /a', 'https://app.example.com.evil'), preflightAnswer],
      [preflight('OPTIONS /a', 'https://other.example.com'), reach('/a')],
    ),
  },
  {
    belief: 'a caller inside the cluster needs a policy that names it; one without identity is nobody',
    verdict: 'confirmed',
    title: 'policies of APIRules admit the ingress gateway only, and exceptions for principals take callers without one',
    manifests: [
      service(),
      apiRule([rule('GET /a', open)]),
      policy('ALLOW', [{ from: [{ source: { notPrincipals: ['cluster.local/ns/x/sa/y'] } }], to: [{ operation: { paths: ['/in'] } }] }]),
    ],
    requests: answers(
      [call('GET /a', undefined, { host: 'orders.@case', caller: 'cluster.local/ns/shop/sa/caller' }), rbac],
      [call('GET /a', undefined, { host: 'orders.@case', caller: '' }), rbac],
      [call('GET /in', undefined, { host: 'orders.@case', caller: '' }), reach('/in')],
      [call('GET /in', undefined, { host: 'orders.@case', caller: 'cluster.local/ns/x/sa/y' }), rbac],
    ),
  },
  {
    belief: 'an ALLOW policy without rules closes the workload; a DENY wins over every ALLOW',
    verdict: 'confirmed',
    title: 'what is denied stays denied, and an empty ALLOW admits nobody',
    manifests: [
      service(),
      apiRule([rule('GET /a', open), rule('GET /b', open)]),
      policy('ALLOW', [], 'closed'),
      policy('DENY', [{ to: [{ operation: { paths: ['/b'] } }] }], 'deny'),
    ],
    requests: answers(
      [call('GET /a'), reach('/a')],
      [call('GET /b'), rbac],
      [call('GET /x', undefined, { host: 'orders.@case', caller: 'cluster.local/ns/x/sa/y' }), rbac],
    ),
  },
];
