import fc from 'fast-check';
import type { TokenFact } from '../../src/model/access';
import { decide, tokensOf } from '../../src/model/decide';
import type { JsonObject } from '../../src/model/json';
import { apiRule, good, goodToken, issuer, istioFrom, nothing, policy, request, rule, service, status } from '../support/model';
import { concretePath } from '../support/paths';
import { runs } from '../support/runs';

const jwt = {};
const other = { issuer: 'https://id.example.org', jwksUri: 'https://id.example.org/keys' };
const main = { issuer, jwksUri: `${issuer}/keys` };
const objectsFor = (...rules: JsonObject[]) => istioFrom(apiRule(rules), service());
const protectedPath = objectsFor(rule('/a', 'GET', jwt), rule('/open', 'GET'));
const call = request('GET /a', goodToken);

describe('what Envoy makes of a token', () => {
  test.each<[string, TokenFact, number, string]>([
    ['valid', { issuer, claims: { sub: 'c' } }, 200, ''],
    ['of an issuer that no rule names', { issuer: 'https://evil', claims: { sub: 'c' } }, 401, 'Jwt issuer is not configured'],
    ['of the issuer with a slash more', { issuer: `${issuer}/`, claims: { sub: 'c' } }, 401, 'Jwt issuer is not configured'],
    ['without issuer', { claims: { sub: 'c' } }, 401, 'Jwt issuer is not configured'],
    ['expired', { issuer, problem: 'Jwt is expired' }, 401, 'Jwt is expired'],
    ['with a wrong signature', { issuer, problem: 'Jwt verification fails' }, 401, 'Jwt verification fails'],
    ['expired and foreign', { issuer: 'https://evil', problem: 'Jwt is expired' }, 401, 'Jwt issuer is not configured'],
    ['unreadable', { problem: 'Jwt header is an invalid JSON' }, 401, 'Jwt header is an invalid JSON'],
    ['without subject', { issuer, claims: {} }, 403, 'RBAC: access denied'],
    ['with an empty subject', { issuer, claims: { sub: '' } }, 403, 'RBAC: access denied'],
    ['with a subject that is no text', { issuer, claims: { sub: 1 } }, 403, 'RBAC: access denied'],
  ])('%s', (_name, fact, expected, body) => {
    const decision = decide(protectedPath, call, new Map([[goodToken, fact]]));
    expect([decision.verdict === 'forward' ? 200 : decision.status, decision.body]).toEqual([expected, body]);
  });

  test('a token of which nothing is known leaves the decision open', () => {
    expect(status(protectedPath, call, nothing)).toBe('unknown');
  });

  test('what has not three parts is refused without looking it up', () => {
    expect(decide(protectedPath, request('GET /a', 'garbage'), nothing)).toMatchObject({
      status: 401,
      body: 'Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections',
    });
  });

  test('a bad token is refused on a public path of the same workload', () => {
    expect([status(protectedPath, request('GET /open', 'bad')), status(protectedPath, request('GET /open'))]).toEqual([401, 200]);
  });

  test('a bad token is not looked at where no rule of the workload asks for one', () => {
    expect(status(objectsFor(rule('/open', 'GET')), request('GET /open', 'bad'))).toBe(200);
  });
});

describe('where Envoy looks for a token', () => {
  const at = (places: JsonObject, headers: Record<string, string>, target = '/a'): readonly string[] => {
    const objects = objectsFor(rule('/a', 'GET', { authentications: [{ ...main, ...places }] }));
    return tokensOf(objects, request(`GET ${target}`, undefined, { headers }));
  };

  test.each<[JsonObject, Record<string, string>, string, string[]]>([
    [{}, { authorization: 'Bearer a.b.c' }, '/a', ['a.b.c']],
    [{}, { authorization: 'bearer a.b.c' }, '/a', []],
    [{}, { authorization: 'Bearera.b.c' }, '/a', []],
    [{}, { authorization: 'Basic x, Bearer a.b.c' }, '/a', ['a.b.c']],
    [{}, { authorization: 'Bearer a.b.c, Bearer d' }, '/a', ['a.b.c, Bearer d']],
    [{}, { authorization: 'Bearer   a.b.c rest' }, '/a', ['a.b.c rest']],
    [{}, { authorization: 'Bearer ' }, '/a', ['Bearer ']],
    [{}, { authorization: 'Basic dXNlcjp3b3Jk' }, '/a', []],
    [{}, {}, '/a?access_token=a.b.c', ['a.b.c']],
    [{}, {}, '/a?access_token=a%2Eb.c&access_token=d', ['a.b.c']],
    [{}, {}, '/a?x=1&access%5Ftoken=a', ['a']],
    [{}, {}, '/a?access_token', ['']],
    [{}, {}, '/a?Access_Token=a', []],
    [{}, { cookie: 'access_token=a' }, '/a', []],
    [{}, { authorization: 'Bearer a' }, '/a?access_token=b', ['a', 'b']],
    [{}, { authorization: 'Bearer a' }, '/a?access_token=a', ['a']],
    [{ fromHeaders: [{ name: 'X-Token' }] }, { 'x-token': 'a b', authorization: 'Bearer c' }, '/a?access_token=d', ['a b']],
    [{ fromHeaders: [{ name: 'x-token', prefix: 'Token' }] }, { 'x-token': 'Token a' }, '/a', ['a']],
    [{ fromHeaders: [{ name: 'x-token', prefix: 'Token ' }] }, { 'x-token': 'a' }, '/a', []],
    [{ fromParams: ['t'] }, { authorization: 'Bearer c' }, '/a?t=a&access_token=d', ['a']],
  ])('with %j and %j on %s are %j', (places, headers, target, expected) => {
    expect(at(places, headers, target)).toEqual(expected);
  });

  test.each(['GET /nowhere', 'get /a'])('%s reaches no workload that would look', (line) => {
    expect(tokensOf(protectedPath, request(line, 'a'))).toEqual([]);
  });

  test('places of all rules of the workload count on each of its paths', () => {
    const places = { fromHeaders: [{ name: 'x-token', prefix: '' }] };
    const objects = objectsFor(rule('/a', 'GET', jwt), rule('/b', 'GET', { authentications: [{ ...other, ...places }] }));
    expect(tokensOf(objects, request('GET /a', 'one', { headers: { authorization: 'Bearer one', 'x-token': 'two' } }))).toEqual([
      'one',
      'two',
    ]);
  });

  test('a manual RequestAuthentication that may select the Pods leaves a token of its own place open', () => {
    const manual = {
      apiVersion: 'security.istio.io/v1',
      kind: 'RequestAuthentication',
      metadata: { name: 'm', namespace: 'shop' },
      spec: { selector: { matchLabels: { tier: 'x' } }, jwtRules: [{ ...other, fromHeaders: [{ name: 'x-token' }] }] },
    };
    const objects = istioFrom(apiRule([rule('/a', 'GET')]), service(), manual);
    const headers = { 'x-token': 'a.b.c' };
    expect([status(objects, request('GET /a')), status(objects, request('GET /a', undefined, { headers }))]).toEqual([200, 'unknown']);
  });
});

describe('several issuers', () => {
  const both = objectsFor(rule('/a', 'GET', { authentications: [main, other] }));
  const split = objectsFor(rule('/a', 'GET', jwt), rule('/b', 'GET', { authentications: [other] }));
  const fromOther = new Map([[goodToken, { issuer: other.issuer, claims: { sub: 'c' } }]]);

  test('a token of any of them opens a rule that lists both', () => {
    expect([status(both, call), status(both, call, fromOther)]).toEqual([200, 200]);
  });

  test('a token that one rule accepts is 403, not 401, on a rule that lists another', () => {
    expect([status(split, call, fromOther), status(split, request('GET /b', goodToken), fromOther)]).toEqual([403, 200]);
  });

  test('a good token beside a bad one in another place of the same issuer is refused', () => {
    const twice = request('GET /a?access_token=bad', goodToken);
    expect(status(both, twice)).toBe(401);
  });

  test('each value of a header that came twice is a token of its own', () => {
    const objects = istioFrom(
      apiRule([rule('/a', 'GET', { authentications: [{ ...main, fromHeaders: [{ name: 'x-token' }] }] })]),
      service(),
    );
    const sent = (...values: string[]) =>
      request('GET /a', undefined, { headers: { 'x-token': values.join(',') }, headerLines: { 'x-token': values } });
    expect([sent(goodToken, goodToken), sent(goodToken, 'bad')].map((call) => status(objects, call))).toEqual([200, 401]);
  });

  test('the reason of the issuer that knows the token is given', () => {
    const expired = new Map([[goodToken, { issuer: other.issuer, problem: 'Jwt is expired' }]]);
    expect(decide(both, call, expired).body).toBe('Jwt is expired');
  });

  test('of two bad tokens the issuer that comes last by name gives the reason', () => {
    const facts = new Map([
      ['one', { issuer, problem: 'Jwt is expired' }],
      ['two', { issuer: other.issuer, problem: 'Jwt verification fails' }],
    ]);
    expect(decide(both, request('GET /a?access_token=two', 'one'), facts).body).toBe('Jwt verification fails');
  });

  test('an issuer that is part of the name of another one does not match', () => {
    const objects = objectsFor(
      rule('/a', 'GET', { authentications: [{ ...main, issuer: `${issuer}/realm` }, main] }),
      rule('/b', 'GET', jwt),
    );
    const subject = new Map([[goodToken, { issuer, claims: { sub: 'realm/x' } }]]);
    expect([status(objects, request('GET /a', goodToken), subject), status(protectedPath, call, subject)]).toEqual([200, 200]);
  });
});

describe('claims', () => {
  const authorized = (authorizations: JsonObject[], claims: JsonObject): number | string =>
    status(objectsFor(rule('/a', 'GET', { authorizations })), call, good(claims));

  test.each<[string[], JsonObject, number]>([
    [['read'], { scope: 'read' }, 200],
    [['read'], { scope: 'write read' }, 200],
    [['read'], { scope: ['write', 'read'] }, 200],
    [['read'], { scp: ['read'] }, 200],
    [['read'], { scopes: ['read'] }, 200],
    [['read'], { scp: 'read' }, 200],
    [['read'], { scp: 'write read' }, 403],
    [['read'], { scopes: 'write read' }, 403],
    [['read'], { scope: 'reader' }, 403],
    [['read'], { scope: 'READ' }, 403],
    [['read'], { permission: 'read' }, 403],
    [['read'], { authorities: ['read'] }, 403],
    [['read'], {}, 403],
    [['read'], { scope: { read: true } }, 403],
    [['read', 'write'], { scope: 'read write' }, 200],
    [['read', 'write'], { scope: 'read', scp: ['write'] }, 403],
    [['read', 'write'], { scope: 'read' }, 403],
    [['app!t1.Read'], { scope: ['app!t1.Read'] }, 200],
    [['app!t1.Read'], { scope: ['app!t2.Read'] }, 403],
    [['*.Read'], { scope: 'app.Read' }, 200],
    [['app.*'], { scope: 'app.Write' }, 200],
    [['*'], { scope: 'anything' }, 200],
    [['*'], { scope: '' }, 403],
    [['*'], {}, 403],
  ])('required scopes %j with %j: %d', (requiredScopes, claims, expected) => {
    expect(authorized([{ requiredScopes }], claims)).toBe(expected);
  });

  test.each<[string[], JsonObject, number]>([
    [['a'], { aud: 'a' }, 200],
    [['a'], { aud: ['b', 'a'] }, 200],
    [['a'], { aud: 'a b' }, 403],
    [['a'], { aud: 'A' }, 403],
    [['a', 'b'], { aud: ['a', 'b', 'c'] }, 200],
    [['a', 'b'], { aud: ['a'] }, 403],
    [['a'], {}, 403],
  ])('audiences %j with %j: %d', (audiences, claims, expected) => {
    expect(authorized([{ audiences }], claims)).toBe(expected);
  });

  test.each<[JsonObject[], JsonObject, number]>([
    [[{ requiredScopes: ['r'] }, { audiences: ['a'] }], { aud: 'a' }, 200],
    [[{ requiredScopes: ['r'] }, { audiences: ['a'] }], { scope: 'r' }, 200],
    [[{ requiredScopes: ['r'] }, { audiences: ['a'] }], {}, 403],
    [[{ requiredScopes: ['r'], audiences: ['a'] }], { scope: 'r' }, 403],
    [[{ requiredScopes: ['r'], audiences: ['a'] }], { scope: 'r', aud: 'a' }, 200],
    [[{}], {}, 200],
    [[], {}, 200],
  ])('authorizations %j with %j: %d', (authorizations, claims, expected) => {
    expect(authorized(authorizations, claims)).toBe(expected);
  });

  test.each<[string, string, JsonObject, number]>([
    ['request.auth.claims[realm][roles]', 'admin', { realm: { roles: ['admin'] } }, 200],
    ['request.auth.claims[realm][roles]', 'admin', { realm: 'admin' }, 403],
    ['request.auth.claims[scope][list]', 'admin', { scope: { list: 'user admin' } }, 403],
    ['request.auth.claims[permission]', 'admin', { permission: 'user admin' }, 200],
    ['request.auth.audiences', 'admin', { aud: ['admin'] }, 200],
    ['request.auth.presenter', 'admin', { azp: 'admin' }, 200],
    ['source.namespace', 'istio-system', {}, 200],
    ['source.namespace', 'shop', {}, 403],
    ['source.principal', '*ingressgateway-service-account', {}, 200],
  ])('a manual policy on %s = %s with %j: %d', (key, value, claims, expected) => {
    const manual = policy({ rules: [{ when: [{ key, values: [value] }] }] });
    const objects = istioFrom(apiRule([rule('/a', 'GET', { authorizations: [{ audiences: ['nobody'] }] })]), service(), manual);
    expect(status(objects, call, good(claims))).toBe(expected);
  });

  test('a policy for any identity wants a subject', () => {
    const anybody = policy({ rules: [{ from: [{ source: { requestPrincipals: ['*'] } }] }] });
    const objects = istioFrom(apiRule([rule('/a', 'GET', { authorizations: [{ audiences: ['nobody'] }] })]), service(), anybody);
    expect([status(objects, call), status(objects, call, good({ sub: '' })), status(objects, request('GET /a'))]).toEqual([200, 403, 403]);
  });

  test('a condition with excluded values holds without the claim', () => {
    const manual = policy({ rules: [{ when: [{ key: 'request.auth.claims[group]', notValues: ['guest'] }] }] });
    const objects = istioFrom(apiRule([rule('/a', 'GET', jwt)]), service(), manual);
    expect([status(objects, request('GET /a')), status(objects, call, good({ sub: '', group: 'guest' }))]).toEqual([200, 403]);
  });
});

describe('laws', () => {
  const secured = objectsFor(
    rule('/a', 'GET', jwt),
    rule('/{*}/b', 'GET', { authentications: [other] }),
    rule('/{**}', 'GET,POST', { authentications: [main, other] }),
  );
  const problem = fc.constantFrom('Jwt verification fails', 'Jwt is expired', 'Jwt not yet valid', 'Jwt header is an invalid JSON');
  const claims = fc.record({ sub: fc.string(), scope: fc.string(), aud: fc.array(fc.string()) });
  const forged = fc.oneof(
    fc.record({ issuer: fc.constantFrom(issuer, other.issuer), claims, problem }),
    fc.record({ issuer: fc.webUrl().filter((url) => url !== issuer && url !== other.issuer), claims }),
    fc.record({ problem }),
  );
  const place = fc.constantFrom(
    (text: string) => ({ authorization: `Bearer ${text}` }),
    (text: string) => ({ authorization: text }),
  );

  test('a forged token never passes', () => {
    fc.assert(
      fc.property(forged, concretePath, fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS'), place, (fact, path, method, headersOf) => {
        const headers = headersOf(goodToken);
        return decide(secured, request(`${method} ${path}`, undefined, { headers }), new Map([[goodToken, fact]])).verdict === 'deny';
      }),
      { numRuns: runs(1_000) },
    );
  });

  test('whatever text stands where a token should, a protected workload never gets it', () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[A-Za-z0-9._%-]*$/), concretePath, (authorization, query, path) => {
        const call = request(`GET ${path}?access_token=${query}`, undefined, { headers: { authorization } });
        return decide(secured, call, nothing).verdict !== 'forward';
      }),
      { numRuns: runs(1_000) },
    );
  });

  test('no target at all reaches a protected workload without a token', () => {
    const character = fc.constantFrom('/', '.', 'a', 'b', '%2e', '%2f', '\\', '?', '#', ';', '|', '%00', 'ä', '*', '{*}');
    fc.assert(
      fc.property(fc.array(character, { maxLength: 12 }), (parts) => {
        const target = `/${parts.join('')}`;
        return decide(secured, { host: 'orders.example.com', method: 'GET', target, headers: {} }, nothing).verdict === 'deny';
      }),
      { numRuns: runs(1_000) },
    );
  });
});
