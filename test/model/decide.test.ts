import { decide, tokensOf } from '../../src/model/decide';
import type { JsonObject } from '../../src/model/json';
import { ingressPrincipal } from '../../src/model/mesh';
import { apiRule, good, goodToken, istioFrom, nothing, policy, request, rule, service, status } from '../support/model';

const jwt = {};
const orders = istioFrom(apiRule([rule('/health', 'GET'), rule('/{**}', 'GET,POST', jwt)]), service());

describe('requests that the gateway refuses before any rule', () => {
  test.each([
    ['get /health', 400],
    ['Get /health', 400],
    ['GET health', 400],
    ['OPTIONS *', 400],
    ['TEAPOT /health', 404],
    ['CONNECT /health', 404],
  ])('%s is answered %d', (line, expected) => {
    expect(status(orders, request(line))).toBe(expected);
  });

  test('a request without host is answered 400', () => {
    expect(status(orders, request('GET /health', undefined, { host: '' }))).toBe(400);
  });
});

describe('hosts', () => {
  test.each([
    ['orders.example.com', 200],
    ['ORDERS.Example.com', 200],
    ['orders.example.com:443', 403],
    ['orders.example.com.', 404],
    ['www.example.com', 404],
    ['orders', 404],
  ])('a public path at %s is answered %d', (host, expected) => {
    expect(status(orders, request('GET /health', undefined, { host }))).toBe(expected);
  });

  test('the host of an absolute target counts, not the header', () => {
    const call = request('GET http://orders.example.com/health', undefined, { host: 'www.example.com' });
    expect(status(orders, call)).toBe(200);
  });

  test('an exact host wins over a wildcard, and a longer wildcard over a shorter one', () => {
    const wild = (host: string, path: string): JsonObject => apiRule([rule(path, 'GET')], { hosts: [host] }, `r${path.slice(1)}`);
    const objects = istioFrom(
      wild('*.example.com', '/short'),
      wild('*.eu.example.com', '/long'),
      wild('a.eu.example.com', '/exact'),
      service(),
    );
    const at = (host: string): string[] =>
      ['/short', '/long', '/exact'].filter((path) => status(objects, request(`GET ${path}`, undefined, { host })) === 200);
    expect([at('x.example.com'), at('x.eu.example.com'), at('a.eu.example.com'), at('example.com')]).toEqual([
      ['/short'],
      ['/long'],
      ['/exact'],
      [],
    ]);
  });

  test('a short host that nobody can complete leaves the decision open', () => {
    const objects = istioFrom(apiRule([rule('/a', 'GET')], { hosts: ['orders'] }), service());
    const { missing } = decide(objects, request('GET /a'), nothing);
    expect(missing).toBe('unknown because the domain that completes host orders is not in the input');
  });
});

describe('normalization comes before routes and policies', () => {
  test.each([
    ['/health', 200],
    ['/health?x=1', 200],
    ['/health#x', 200],
    ['/x/../health', 200],
    ['/./health', 200],
    ['/x/%2e%2E/health', 200],
    ['\\..\\health', 400],
    ['/x\\..\\health', 200],
    ['/%68ealth', 200],
    ['/../health', 200],
    ['//health', 403],
    ['/health/', 403],
    ['/Health', 403],
    ['/health%2F', 403],
    ['/x%2f..%2fhealth', 403],
    ['/health;a=b', 403],
  ])('GET %s without token is answered %d', (target, expected) => {
    expect(status(orders, request(`GET ${target}`))).toBe(expected);
  });

  test('a protected path is protected in every spelling that means it', () => {
    const objects = istioFrom(apiRule([rule('/admin', 'GET', jwt), rule('/*', 'GET')]), service());
    const spellings = ['/admin', '/%61dmin', '/x/../admin', '/./admin', '/x\\..\\admin', '/admin?x'];
    expect(spellings.map((target) => status(objects, request(`GET ${target}`)))).toEqual(spellings.map(() => 403));
  });
});

describe('routes', () => {
  test('a method or path that no rule lists is answered 404, whatever the token', () => {
    const objects = istioFrom(apiRule([rule('/a', 'GET', jwt)]), service());
    const calls = ['POST /a', 'GET /b', 'HEAD /a'].map((line) => status(objects, request(line, goodToken)));
    expect(calls).toEqual([404, 404, 404]);
  });

  test('a literal that works as an operator routes more than the policy admits', () => {
    const objects = istioFrom(apiRule([rule('/v1.0', 'GET')]), service());
    expect(['/v1.0', '/v1X0', '/v1'].map((path) => status(objects, request(`GET ${path}`)))).toEqual([200, 403, 404]);
  });

  test('a path outside the character set of the policy is refused even on a rule for everything', () => {
    const objects = istioFrom(apiRule([rule('/*', 'GET')]), service());
    expect(status(objects, request('GET /a|b'))).toBe(403);
  });

  test('a rule whose path Istio refuses leaves the whole host open to doubt', () => {
    const objects = istioFrom(apiRule([rule('/a', 'GET'), rule('/a(b', 'GET')]), service());
    expect(status(objects, request('GET /a'))).toBe('unknown');
  });

  test('the decision names route, workload and the rule that admitted', () => {
    const decision = decide(orders, request('GET /health'), nothing);
    expect(decision).toMatchObject({
      verdict: 'forward',
      destination: { service: 'orders', port: 8080 },
      admittedBy: { apiRule: 'shop/orders', rule: 0 },
      why: [{ stage: 'route', origin: { rule: 0 } }, { stage: 'authenticate' }, { stage: 'authorize' }],
    });
  });
});

describe('preflights', () => {
  const headers = { origin: 'https://shop.example', 'access-control-request-method': 'GET' };
  const corsPolicy = { allowOrigins: [{ exact: 'https://shop.example' }] };
  const at = (methods: string, spec: JsonObject, more: Record<string, string> = {}): number | string => {
    const objects = istioFrom(apiRule([rule('/a', methods, jwt)], spec), service());
    return status(objects, request('OPTIONS /a', undefined, { headers: { ...headers, ...more } }));
  };

  test.each([
    ['GET,OPTIONS', { corsPolicy }, {}, 200],
    ['GET,OPTIONS', { corsPolicy }, { origin: 'https://evil.example' }, 403],
    ['GET,OPTIONS', {}, {}, 403],
    ['GET', { corsPolicy }, {}, 404],
    ['GET,OPTIONS', { corsPolicy }, { 'access-control-request-method': '' }, 403],
    ['GET,OPTIONS', { corsPolicy: { allowOrigins: [{ regex: '.*' }] } }, { origin: 'https://evil.example' }, 200],
    ['GET,OPTIONS', { corsPolicy: { allowOrigins: [{ exact: '*' }] } }, { origin: 'https://evil.example' }, 200],
    ['GET,OPTIONS', { corsPolicy: { allowOrigins: [{ prefix: 'https://shop.example' }] } }, { origin: 'https://shop.example.evil' }, 200],
    ['GET,OPTIONS', { corsPolicy: { allowOrigins: [{ regex: 'https://shop' }] } }, {}, 403],
  ])('on a protected path with %s, %j and %j is answered %s', (methods, spec, more, expected) => {
    expect(at(methods, spec, more)).toBe(expected);
  });

  test('a bad token on a preflight is not looked at', () => {
    expect(at('GET,OPTIONS', {}, { authorization: 'Bearer bad' })).toBe(403);
  });

  test('an allowed one is answered by the gateway itself', () => {
    const objects = istioFrom(apiRule([rule('/a', 'OPTIONS')], { corsPolicy }), service());
    expect(decide(objects, request('OPTIONS /a', undefined, { headers }), nothing)).toMatchObject({ verdict: 'answer', status: 200 });
    expect(tokensOf(objects, request('OPTIONS /a', undefined, { headers: { ...headers, authorization: 'Bearer x' } }))).toEqual([]);
  });
});

describe('policies', () => {
  const open = apiRule([rule('/a', 'GET')]);
  const protectedRule = apiRule([rule('/a', 'GET', jwt)]);
  const ingress = { from: [{ source: { principals: [ingressPrincipal] } }] };
  const custom = { path: '/a', methods: ['GET'], extAuth: { authorizers: ['proxy'] } };

  test.each([
    ['an open ALLOW policy beside a protected rule', protectedRule, { rules: [{}] }, 200],
    ['a closed baseline beside a public rule', open, {}, 200],
    ['a closed baseline beside a protected rule', protectedRule, { action: 'ALLOW' }, 403],
    ['a DENY policy for the path', open, { action: 'DENY', rules: [{ to: [{ operation: { paths: ['/a'] } }] }] }, 403],
    ['a DENY policy for another path', open, { action: 'DENY', rules: [{ to: [{ operation: { paths: ['/b'] } }] }] }, 200],
    [
      'a DENY policy for all but the ingress gateway',
      open,
      { action: 'DENY', rules: [{ from: [{ source: { notPrincipals: [ingressPrincipal] } }] }] },
      200,
    ],
    ['a DENY policy without rules', open, { action: 'DENY' }, 200],
    ['an AUDIT policy', open, { action: 'AUDIT', rules: [{}] }, 200],
    ['an ALLOW policy for the ingress gateway', protectedRule, { rules: [ingress] }, 200],
    ['an ALLOW policy for others', protectedRule, { rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] }, 403],
    ['an ALLOW policy on addresses', protectedRule, { rules: [{ from: [{ source: { ipBlocks: ['10.0.0.0/8'] } }] }] }, 'unknown'],
    ['an ALLOW policy on ports', protectedRule, { rules: [{ to: [{ operation: { ports: ['80'] } }] }] }, 'unknown'],
    ['an ALLOW policy on a header', protectedRule, { rules: [{ when: [{ key: 'request.headers[X-Key]', values: ['a'] }] }] }, 403],
    [
      'a DENY policy on a condition nobody knows',
      open,
      { action: 'DENY', rules: [{ when: [{ key: 'source.ip', values: ['1.1.1.1'] }] }] },
      'unknown',
    ],
    [
      'a DENY policy for requests without identity',
      open,
      { action: 'DENY', rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }] },
      403,
    ],
    ['a policy of other Pods', protectedRule, { selector: { matchLabels: { app: 'other' } }, rules: [{}] }, 403],
    ['a policy of perhaps the same Pods', protectedRule, { selector: { matchLabels: { tier: 'x' } }, rules: [{}] }, 'unknown'],
    ['a policy of the whole namespace', protectedRule, { selector: null, rules: [{}] }, 200],
    ['a CUSTOM policy for the path', open, { action: 'CUSTOM', provider: { name: 'p' }, rules: [{}] }, 'unknown'],
    ['a CUSTOM policy where a token is missing anyway', protectedRule, { action: 'CUSTOM', provider: { name: 'p' }, rules: [{}] }, 403],
  ])('%s', (_name, objects, spec: JsonObject, expected) => {
    expect(status(istioFrom(objects, service(), policy(spec)), request('GET /a'))).toBe(expected);
  });

  test('a policy of the mesh counts in every namespace', () => {
    const mesh = { ...policy({ selector: null, action: 'DENY', rules: [{}] }), metadata: { name: 'm', namespace: 'istio-system' } };
    expect(status(istioFrom(open, service(), mesh), request('GET /a'))).toBe(403);
  });

  test('a policy on the ingress gateway itself leaves the decision open', () => {
    const spec = { selector: { matchLabels: { istio: 'ingressgateway' } }, rules: [{}] };
    const atGateway = { ...policy(spec), metadata: { name: 'm', namespace: 'istio-system' } };
    expect(status(istioFrom(open, service(), atGateway), request('GET /a'))).toBe('unknown');
  });

  test('an external authorizer that is not in the input is named', () => {
    const { verdict, missing } = decide(istioFrom(apiRule([custom]), service()), request('GET /a'), nothing);
    expect([verdict, missing]).toEqual(['unknown', 'unknown because the external authorizer proxy is not in the input']);
  });

  test('a header condition holds for the header that a client may send', () => {
    const keyed = policy({ rules: [{ when: [{ key: 'request.headers[X-Key]', values: ['a*'] }] }] });
    expect(status(istioFrom(protectedRule, service(), keyed), request('GET /a', undefined, { headers: { 'x-key': 'abc' } }))).toBe(200);
  });

  test.each<[string, JsonObject, number | string]>([
    ['of other Pods', { selector: { matchLabels: { app: 'other' } } }, 200],
    ['of perhaps the same Pods', { selector: { matchLabels: { tier: 'x' } } }, 'unknown'],
    ['of the same Pods', {}, 403],
  ])('with nothing but a closed baseline %s', (_name, spec, expected) => {
    const objects = istioFrom(open, service(), policy(spec));
    const baseline = objects.authorizationPolicies.filter(({ origin }) => !origin);
    expect(status({ ...objects, authorizationPolicies: baseline }, request('GET /a'))).toBe(expected);
  });

  test('hosts of a policy are compared without regard to case', () => {
    const written = policy({ rules: [{ to: [{ operation: { hosts: ['Orders.EXAMPLE.com'] } }] }] });
    expect(status(istioFrom(protectedRule, service(), written), request('GET /a'))).toBe(200);
  });

  test('without any ALLOW policy on the workload everything that is routed is admitted', () => {
    const objects = { ...istioFrom(open, service()), authorizationPolicies: [] };
    expect(decide(objects, request('GET /a'), nothing)).toMatchObject({ verdict: 'forward' });
  });

  test('rules of all APIRules on the workload add up', () => {
    const other = apiRule([rule('/a', 'GET')], { hosts: ['*.example.com'] }, 'wild');
    expect(status(istioFrom(protectedRule, other, service()), request('GET /a'))).toBe(200);
  });

  test('rules of other workloads do not', () => {
    const other = apiRule([rule('/a', 'GET')], { hosts: ['*.example.com'], service: { name: 'other', port: 1 } }, 'wild');
    expect(status(istioFrom(protectedRule, other, service(), service('other')), request('GET /a'))).toBe(403);
  });

  test('without Services in the input equal names mean equal workloads', () => {
    const other = (name: string): JsonObject =>
      apiRule([rule('/a', 'GET')], { hosts: ['*.example.com'], service: { name, port: 1 } }, 'wild');
    const at = (name: string): number | string => status(istioFrom(protectedRule, other(name)), request('GET /a'));
    expect([at('orders'), at('other')]).toEqual([200, 403]);
  });

  test('a closed baseline of a workload that is not in the input changes nothing', () => {
    const baseline = policy({ action: 'ALLOW' });
    expect([status(istioFrom(open, baseline), request('GET /a')), status(istioFrom(protectedRule, baseline), request('GET /a'))]).toEqual([
      200, 403,
    ]);
  });
});

describe('callers inside the cluster', () => {
  const inside = { host: 'orders.shop.svc.cluster.local', caller: 'cluster.local/ns/shop/sa/web' };

  test.each([
    ['with an identity', inside, 403],
    ['in plain text', { ...inside, caller: '' }, 403],
    ['of a Service that is not in the input', { ...inside, host: 'nothing.shop' }, 'unknown'],
  ])('%s get %s', (_name, more, expected) => {
    expect(status(orders, request('GET /health', undefined, more))).toBe(expected);
  });

  test('are admitted by a policy for their namespace', () => {
    const own = policy({ rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] });
    const objects = istioFrom(apiRule([rule('/a', 'GET', jwt)]), service(), own);
    expect([
      status(objects, request('GET /x', undefined, inside)),
      status(objects, request('GET /x', undefined, { ...inside, caller: '' })),
    ]).toEqual([200, 403]);
  });
});

describe('what follows from the controller for rules of unequal strength', () => {
  const open = (rules: JsonObject[], line: string): number | string => status(istioFrom(apiRule(rules), service()), request(line), good());

  test.each([
    ['/ before everything', [rule('/', 'GET', jwt), rule('/*', 'GET')], 'GET /', 200],
    [
      'a path listed twice around a protected one',
      [rule('/api/{**}', 'POST'), rule('/api/admin', 'GET', jwt), rule('/api/{**}', 'GET')],
      'GET /api/admin',
      200,
    ],
    ['a duplicate', [rule('/a/b', 'GET'), rule('/a', 'GET', jwt), rule('/a', 'GET')], 'GET /a', 200],
    ['crossing wildcards', [rule('/{*}/b', 'GET'), rule('/a/{*}', 'GET', jwt)], 'GET /a/b', 200],
    ['a carved out path', [rule('/admin', 'GET', jwt), rule('/*', 'GET')], 'GET /admin', 403],
    ['a carved out path with a slash', [rule('/admin', 'GET', jwt), rule('/*', 'GET')], 'GET /admin/', 200],
    ['a carved out path in another case', [rule('/admin', 'GET', jwt), rule('/*', 'GET')], 'GET /ADMIN', 200],
    ['a method of the catch-all on a carved out path', [rule('/api/admin', 'GET'), rule('/api/{**}', 'GET,POST')], 'POST /api/admin', 403],
  ])('%s', (_name, rules, line, expected) => {
    expect(open(rules, line)).toBe(expected);
  });
});
