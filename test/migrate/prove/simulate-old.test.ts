import type { AccessRequest } from '../../../src/model/access';
import type { JsonObject } from '../../../src/model/json';
import { readAround } from '../../../src/migrate/prove/prove';
import { readOldModel, simulateOld, type OldTokenFact } from '../../../src/migrate/prove/simulate';
import { policy, service } from '../../support/model';
import { jwt, manifestsOf, oldApiRule, oldRule, one, readOld, settings, two, type Strategy } from './old-cluster';

/** What old rules answer: the status of a refusal, 200 where the workload gets the request, `unknown` where nobody knows. */
function answer(
  rules: JsonObject[],
  line: string,
  more: { readonly headers?: Record<string, string>; readonly token?: OldTokenFact; around?: JsonObject[] } = {},
) {
  const [method = '', target = ''] = line.split(' ');
  const around = readAround(manifestsOf(service(), ...(more.around ?? [])));
  const model = readOldModel([readOld(oldApiRule(rules))], around, settings);
  const headers = more.headers ?? (more.token ? { authorization: 'Bearer a.b.c' } : {});
  const request: AccessRequest = { host: 'orders.example.com', method, target, headers };
  const { verdict, status } = simulateOld(model, request, new Map(more.token ? [['a.b.c', more.token]] : []));
  return verdict === 'forward' ? 200 : verdict === 'unknown' ? verdict : status;
}

const good: OldTokenFact = { issuer: one.issuer, keys: one.jwksUri, claims: { sub: 'somebody' } };

describe('each strategy answers nobody, and a good token', () => {
  test.each<[string, Strategy, number | string, number | string]>([
    ['allow', 'allow', 200, 200],
    ['no_auth', 'no_auth', 200, 200],
    ['noop', 'noop', 200, 200],
    ['anonymous, which is not for those with a token', 'anonymous', 200, 401],
    ['unauthorized', 'unauthorized', 401, 401],
    ['cookie_session, switched off', 'cookie_session', 401, 401],
    ['jwt of Oathkeeper', jwt(), 401, 200],
    ['jwt of Istio', { config: { authentications: [one] } }, 403, 200],
    ['oauth2_introspection', 'oauth2_introspection', 401, 'unknown'],
    ['oauth2_client_credentials', 'oauth2_client_credentials', 401, 401],
    ['a name that the controller refused', 'bearer_token', 401, 401],
  ])('%s', (_, strategy, nobody, holder) => {
    const rules = [oldRule('GET /a', strategy)];
    expect([answer(rules, 'GET /a'), answer(rules, 'GET /a', { token: good })]).toEqual([nobody, holder]);
  });

  test('the credentials of a client are a matter of the token endpoint', () => {
    expect(answer([oldRule('GET /a', 'oauth2_client_credentials')], 'GET /a', { headers: { authorization: 'Basic eA==' } })).toBe(
      'unknown',
    );
  });

  test('one of several strategies is enough', () => {
    const rules = [oldRule('GET /a', jwt(two), jwt())];
    expect([answer(rules, 'GET /a'), answer(rules, 'GET /a', { token: good })]).toEqual([401, 200]);
  });
});

describe('methods', () => {
  test.each<[Strategy, number]>([
    ['allow', 200],
    ['no_auth', 404],
    ['noop', 404],
  ])('%s answers an unlisted method with %d', (strategy, status) => {
    expect(answer([oldRule('GET /a', strategy)], 'POST /a')).toBe(status);
  });

  test('a method that no_auth does not list goes on to the next route, one that noop does not list ends at Oathkeeper', () => {
    expect(answer([oldRule('GET /a', 'no_auth'), oldRule('POST /.*', 'allow')], 'POST /a')).toBe(200);
    expect(answer([oldRule('GET /a', 'noop'), oldRule('POST /.*', 'allow')], 'POST /a')).toBe(404);
  });

  test('of two rules with the same path only the first makes a route', () => {
    expect(answer([oldRule('GET /a', 'no_auth'), oldRule('POST /a', 'allow')], 'POST /a')).toBe(404);
    expect(answer([oldRule('GET /a', 'noop'), oldRule('POST /a', 'noop')], 'POST /a')).toBe(200);
  });
});

describe('order', () => {
  test('the first route that takes the path decides, whatever stands behind it', () => {
    expect(answer([oldRule('GET /.*', 'allow'), oldRule('GET /admin', jwt())], 'GET /admin')).toBe(200);
    expect(answer([oldRule('GET /admin', jwt()), oldRule('GET /.*', 'allow')], 'GET /admin')).toBe(401);
  });

  test('several rules of Oathkeeper count as open when all are, as closed to nobody else', () => {
    expect(answer([oldRule('GET /a', 'noop'), oldRule('GET /.*', 'anonymous')], 'GET /a')).toBe(200);
    const mixed = [oldRule('GET /a', jwt()), oldRule('GET /.*', 'noop')];
    expect([answer(mixed, 'GET /a'), answer(mixed, 'GET /a', { token: good }), answer(mixed, 'GET /b')]).toEqual([500, 200, 200]);
    const both = [oldRule('GET /a', jwt()), oldRule('GET /.*', jwt(two))];
    expect(answer(both, 'GET /a', { token: good })).toBe(500);
  });
});

describe('tokens of Oathkeeper', () => {
  const asked = (config: JsonObject, token: Partial<OldTokenFact>, headers?: Record<string, string>) =>
    answer([oldRule('GET /a', jwt(one, config))], 'GET /a', { token: { ...good, ...token }, ...(headers && { headers }) });

  test.each<[string, JsonObject, Partial<OldTokenFact>, number]>([
    ['another issuer', {}, { issuer: two.issuer }, 401],
    ['other keys', {}, { keys: two.jwksUri }, 401],
    ['a token that is no good', {}, { problem: 'Jwt is expired' }, 401],
    ['issuers and keys in another pair', { jwks_urls: [one.jwksUri, two.jwksUri] }, { keys: two.jwksUri }, 200],
    ['any issuer where none is listed', { trusted_issuers: [] }, { issuer: 'https://anybody.example.com' }, 200],
    ['nobody where nothing is listed', { trusted_issuers: [], jwks_urls: [] }, {}, 401],
    ['no subject', {}, { claims: {} }, 200],
    ['an audience of several', { target_audience: ['a'] }, { claims: { aud: ['b', 'a'] } }, 200],
    ['one audience of two', { target_audience: ['a', 'b'] }, { claims: { aud: 'a' } }, 401],
    ['a scope in a list', { required_scope: ['read'] }, { claims: { scope: ['read', 'write'] } }, 200],
    ['a scope in a text', { required_scope: ['read'] }, { claims: { scp: 'write read' } }, 200],
    ['a scope less', { required_scope: ['read', 'write'] }, { claims: { scopes: ['read'] } }, 401],
    ['a scope that is covered by none', { required_scope: ['a.b'] }, { claims: { scope: ['a'] } }, 401],
    ['a hierarchic scope', { required_scope: ['a.b'], scope_strategy: 'hierarchic' }, { claims: { scope: ['a'] } }, 200],
    ['a scope with a wildcard', { required_scope: ['a.b'], scope_strategy: 'wildcard' }, { claims: { scope: ['a.*'] } }, 200],
    ['a wildcard for another scope', { required_scope: ['b.b'], scope_strategy: 'wildcard' }, { claims: { scope: ['a.*'] } }, 401],
    ['scopes that nobody compares', { required_scope: ['a'], scope_strategy: 'none' }, { claims: { scope: ['a'] } }, 401],
  ])('%s', (_, config, token, status) => {
    expect(asked(config, token)).toBe(status);
  });

  test.each<[string, JsonObject, Record<string, string>, number]>([
    ['a lower-case bearer', {}, { authorization: 'bearer a.b.c' }, 200],
    ['another header', { token_from: { header: 'X-Token' } }, { 'x-token': 'a.b.c' }, 200],
    ['the usual header where another one is named', { token_from: { header: 'X-Token' } }, { authorization: 'Bearer a.b.c' }, 401],
    ['a cookie', { token_from: { cookie: 'session' } }, { cookie: 'x=y; session=a.b.c' }, 200],
  ])('%s', (_, config, headers, status) => {
    expect(asked(config, {}, headers)).toBe(status);
  });

  test('a query parameter', () => {
    const rules = [oldRule('GET /a', jwt(one, { token_from: { query_parameter: 'token' } }))];
    expect([answer(rules, 'GET /a?token=a.b.c', { token: good, headers: {} }), answer(rules, 'GET /a', { token: good })]).toEqual([
      200, 401,
    ]);
  });
});

test('an expression must match the whole path', () => {
  const rules = [oldRule('GET /a', 'noop')];
  expect(['GET /a', 'GET /a/', 'GET /ab', 'GET /b/../a', 'GET /a?x=/b'].map((line) => answer(rules, line))).toEqual([
    200, 404, 404, 200, 200,
  ]);
});

test('a preflight was answered for pages of every origin, whatever the methods', () => {
  const headers = { origin: 'https://page.example.com', 'access-control-request-method': 'PUT' };
  expect(answer([oldRule('GET /a', 'noop')], 'OPTIONS /a', { headers })).toBe(200);
  expect(answer([oldRule('GET /a', 'noop')], 'OPTIONS /b', { headers })).toBe(404);
});

test('hand-made policies have their say, with the identity of the gateway or of Oathkeeper', () => {
  const gateway = 'cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account';
  const around = [policy({ action: 'ALLOW', rules: [{ from: [{ source: { principals: [gateway] } }] }] })];
  expect(answer([oldRule('GET /a', 'allow')], 'GET /a', { around })).toBe(200);
  expect(answer([oldRule('GET /a', 'noop')], 'GET /a', { around })).toBe(403);
});
