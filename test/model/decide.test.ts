import fc from 'fast-check';
import { decide, tokensOf } from '../../src/model/decide';
import type { JsonObject } from '../../src/model/json';
import { normalizePath } from '../../src/model/normalize-request';
import { apiRule, good, goodToken, istioFrom, nothing, request, rule, service, status } from '../support/model';
import { concretePath } from '../support/paths';

const jwt = {};
const orders = istioFrom(apiRule([rule('/health', 'GET'), rule('/{**}', 'GET,POST', jwt)]), service());

describe('requests that the gateway refuses before any rule', () => {
  test.each([
    ['get /health', 400],
    ['Get /health', 400],
    ['GET health', 400],
    ['OPTIONS *', 404],
    ['PROPFIND /health', 404],
    ['TEAPOT /health', 400],
    ['M-SEARCH /health', 400],
    ['CONNECT /health', 400],
    ['CONNECT orders.example.com:443', 404],
    ['GET /caf\u00e9', 400],
    ['GET /x%00', 400],
  ])('%s is answered %d', (line, expected) => {
    expect(status(orders, request(line))).toBe(expected);
  });

  test('a request for an empty host is answered 404', () => {
    expect(status(orders, request('GET /health', undefined, { host: '' }))).toBe(404);
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

  const wild = (host: string, path: string): JsonObject => apiRule([rule(path, 'GET')], { hosts: [host] }, `r${path.slice(1)}`);
  const hosts = [wild('*.example.com', '/short'), wild('*.eu.example.com', '/long'), wild('a.eu.example.com', '/exact')];

  test.each([
    ['x.example.com', '/short'],
    ['x.eu.example.com', '/long'],
    ['a.eu.example.com', '/exact'],
    ['example.com', undefined],
  ])('%s gets the closest rules, whatever their order: %s', (host, expected) => {
    const opened = [hosts, hosts.toReversed()].map((order) => {
      const objects = istioFrom(...order, service());
      return ['/short', '/long', '/exact'].filter((path) => status(objects, request(`GET ${path}`, undefined, { host })) === 200);
    });
    expect(opened).toEqual(Array(2).fill(expected === undefined ? [] : [expected]));
  });

  test('a short host that nobody can complete leaves the decision open', () => {
    const objects = istioFrom(apiRule([rule('/a', 'GET')], { hosts: ['orders'] }), service());
    const { missing } = decide(objects, request('GET /a'), nothing);
    expect(missing).toBe('unknown because the domain that completes host orders is not in the input');
  });
});

test('a rule that lists CONNECT is never reached by it', () => {
  expect(status(istioFrom(apiRule([rule('/a', 'CONNECT')]), service()), request('CONNECT orders.example.com:443'))).toBe(404);
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
    ['/health/x/..', 403],
    ['/health/.', 403],
    ['/x/..', 403],
  ])('GET %s without token is answered %d', (target, expected) => {
    expect(status(orders, request(`GET ${target}`))).toBe(expected);
  });

  test.each([
    ['/a/..', '/'],
    ['/a/.', '/a/'],
    ['/a/b/..', '/a/'],
    ['/a/../../b', '/b'],
    ['/a//../b', '/a/b'],
    ['/a/...', '/a/...'],
    ['/%2e%2e/%2Fb', '/%2Fb'],
    ['/%7Ea%2', '/~a%2'],
    ['/%252e', '/%252e'],
  ])('%s becomes %s', (sent, expected) => {
    expect(normalizePath(sent)).toBe(expected);
  });

  test('normalizing twice changes nothing but what the first time uncovered', () => {
    fc.assert(fc.property(concretePath, (path) => normalizePath(normalizePath(path)) === normalizePath(path)));
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

  test.each(['/{**}', '/*'])('characters that no URL may hold are encoded before %s is looked at', (path) => {
    const objects = istioFrom(apiRule([rule(path, 'GET')]), service());
    expect(['/a|b', '/a"<{`^}>'].map((target) => status(objects, request(`GET ${target}`)))).toEqual([200, 200]);
  });

  test('a path outside the character set of the policy is refused even on a rule for everything', () => {
    const objects = istioFrom(apiRule([rule('/*', 'GET')]), service());
    expect(status(objects, request('GET /a[b]'))).toBe(403);
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
    const call = request('OPTIONS /a', undefined, { headers: { ...headers, authorization: 'Bearer bad' } });
    expect(tokensOf(istioFrom(apiRule([rule('/a', 'OPTIONS', jwt)]), service()), call)).toEqual([]);
  });

  test('an allowed one is answered by the gateway itself', () => {
    const objects = istioFrom(apiRule([rule('/a', 'OPTIONS')], { corsPolicy }), service());
    expect(decide(objects, request('OPTIONS /a', undefined, { headers }), nothing)).toMatchObject({ verdict: 'answer', status: 200 });
    expect(tokensOf(objects, request('OPTIONS /a', undefined, { headers: { ...headers, authorization: 'Bearer x' } }))).toEqual([]);
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
