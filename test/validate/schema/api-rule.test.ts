import type { JsonValue } from '../../../src/model/json';
import { schemaFindings, schemaMessages, schemaResults, soundApiRule, withValue } from '../../support/schema-findings';

const at = (place: string, value: JsonValue | undefined): Promise<string[]> => schemaFindings(withValue(soundApiRule(), place, value));
const says = (place: string, value: JsonValue | undefined): Promise<string[]> => schemaMessages(withValue(soundApiRule(), place, value));
const authentication = { issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys' };
const jwtRule = (jwt: JsonValue): JsonValue => [{ path: '/*', methods: ['GET'], jwt }];
const extAuthRule = (extAuth: JsonValue): JsonValue => [{ path: '/*', methods: ['GET'], extAuth }];

test.each(['v2', 'v2alpha1'])('a sound APIRule %s has no finding', async (version) => {
  expect(await at('apiVersion', `gateway.kyma-project.io/${version}`)).toEqual([]);
});

test.each<[string, string, JsonValue]>([
  ['a host of one label', 'spec.hosts', ['orders']],
  ['a service of another namespace', 'spec.service.namespace', 'other-1'],
  ['no service', 'spec.service', { name: 'Any_Name', port: 65_535 }],
  ['an external gateway', 'spec.externalGateway', 'shop/partners'],
  ['any key of an origin', 'spec.corsPolicy', { allowOrigins: [{ exact: 'a', prefix: 'b', any: 'c' }] }],
  ['CORS lists without enum', 'spec.corsPolicy', { allowMethods: ['FETCH'], allowHeaders: ['x'], exposeHeaders: ['y'] }],
  ['CORS credentials and age', 'spec.corsPolicy', { allowCredentials: true, maxAge: 1 }],
  ['the least timeout', 'spec.timeout', 1],
  ['the longest timeout of a rule', 'spec.rules.0.timeout', 3900],
  ['every method', 'spec.rules.0.methods', ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']],
  ['a method twice', 'spec.rules.0.methods', ['GET', 'GET']],
  ['a service of a rule', 'spec.rules.0.service', { name: 'x', port: 1, namespace: 'a', external: true }],
  ['a request', 'spec.rules.0.request', { headers: { 'x-a': 'b' }, cookies: { c: 'd' } }],
  ['an empty jwt', 'spec.rules', jwtRule({})],
  ['jwt beside noAuth: false', 'spec.rules', [{ path: '/*', methods: ['GET'], noAuth: false, jwt: {} }]],
  ['an empty issuer', 'spec.rules', jwtRule({ authentications: [{ issuer: '', jwksUri: '' }] })],
  [
    'token places',
    'spec.rules',
    jwtRule({ authentications: [{ ...authentication, fromHeaders: [{ name: 'a', prefix: 'B ' }], fromParams: ['t'] }] }),
  ],
  ['authorizations', 'spec.rules', jwtRule({ authorizations: [{ requiredScopes: ['a'], audiences: ['b'] }] })],
  ['extAuth', 'spec.rules', extAuthRule({ authorizers: ['a'], restrictions: { authentications: [authentication] } })],
  ['a live status', 'status', { state: 'Ready', lastProcessedTime: '2027-01-31T12:00:00Z', anything: 1 }],
])('%s is admitted', async (_, place, value) => {
  expect(await at(place, value)).toEqual([]);
});

test.each<[string, string, JsonValue | undefined, string[]]>([
  ['spec missing', 'spec', undefined, ['schema-required spec']],
  ['spec no object', 'spec', 'x', ['schema-type spec']],
  ['hosts missing', 'spec.hosts', undefined, ['schema-required spec.hosts']],
  ['hosts null', 'spec.hosts', null, ['schema-required spec.hosts']],
  ['hosts a text', 'spec.hosts', 'orders', ['schema-type spec.hosts']],
  ['no host', 'spec.hosts', [], ['schema-value spec.hosts']],
  ['two hosts', 'spec.hosts', ['a', 'b'], ['schema-value spec.hosts']],
  ['a null host', 'spec.hosts', [null], ['schema-type spec.hosts[0]']],
  ['rules missing', 'spec.rules', undefined, ['schema-required spec.rules']],
  ['no rule', 'spec.rules', [], ['schema-value spec.rules']],
  ['service without name', 'spec.service', { port: 80 }, ['schema-required spec.service.name']],
  ['service without port', 'spec.service', { name: 'x' }, ['schema-required spec.service.port']],
  ['port 0', 'spec.service.port', 0, ['schema-value spec.service.port']],
  ['port 65536', 'spec.service.port', 65_536, ['schema-value spec.service.port']],
  ['port a text', 'spec.service.port', '80', ['schema-type spec.service.port']],
  ['port a fraction', 'spec.service.port', 80.5, ['schema-type spec.service.port']],
  ['namespace upper case', 'spec.service.namespace', 'Shop', ['schema-value spec.service.namespace']],
  ['external a text', 'spec.service.external', 'true', ['schema-type spec.service.external']],
  ['an origin as text', 'spec.corsPolicy', { allowOrigins: ['*'] }, ['schema-type spec.corsPolicy.allowOrigins[0]']],
  ['maxAge a duration', 'spec.corsPolicy', { maxAge: '10m' }, ['schema-type spec.corsPolicy.maxAge']],
  ['maxAge 0', 'spec.corsPolicy', { maxAge: 0 }, ['schema-value spec.corsPolicy.maxAge']],
  ['timeout 0', 'spec.timeout', 0, ['schema-value spec.timeout']],
  ['timeout 3901', 'spec.timeout', 3901, ['schema-value spec.timeout']],
  ['timeout of a rule with unit', 'spec.rules.0.timeout', '3s', ['schema-type spec.rules[0].timeout']],
  ['path missing', 'spec.rules.0.path', undefined, ['schema-required spec.rules[0].path']],
  ['methods missing', 'spec.rules.0.methods', undefined, ['schema-required spec.rules[0].methods']],
  ['no method', 'spec.rules.0.methods', [], ['schema-value spec.rules[0].methods']],
  ['a method in lower case', 'spec.rules.0.methods', ['get'], ['schema-value spec.rules[0].methods[0]']],
  ['a wildcard method', 'spec.rules.0.methods', ['GET', '*'], ['schema-value spec.rules[0].methods[1]']],
  ['noAuth a text', 'spec.rules.0.noAuth', 'true', ['schema-type spec.rules[0].noAuth']],
  [
    'issuer missing',
    'spec.rules',
    jwtRule({ authentications: [{ jwksUri: 'x' }] }),
    ['schema-required spec.rules[0].jwt.authentications[0].issuer'],
  ],
  [
    'jwksUri missing',
    'spec.rules',
    jwtRule({ authentications: [{ issuer: 'x' }] }),
    ['schema-required spec.rules[0].jwt.authentications[0].jwksUri'],
  ],
  [
    'a header without name',
    'spec.rules',
    jwtRule({ authentications: [{ ...authentication, fromHeaders: [{ prefix: 'x' }] }] }),
    ['schema-required spec.rules[0].jwt.authentications[0].fromHeaders[0].name'],
  ],
  ['authorizers missing', 'spec.rules', extAuthRule({}), ['schema-required spec.rules[0].extAuth.authorizers']],
  ['no authorizer', 'spec.rules', extAuthRule({ authorizers: [] }), ['schema-value spec.rules[0].extAuth.authorizers']],
  ['a header of another type', 'spec.rules.0.request', { headers: { 'x-a': 1 } }, ['schema-type spec.rules[0].request.headers.x-a']],
  ['an entry that is null', 'spec.rules', [null], ['schema-type spec.rules[0]']],
])('%s is one finding at its place', async (_, place, value, expected) => {
  expect(await at(place, value)).toEqual(expected);
});

test.each([
  ...['/', '/*', '/{*}', '/{**}', '/a', '/a/', '/a//b', '//', '/a/{*}', '/a/{**}/b', '/v1.0', '/a+b', '/a$b', '/a(b', '/a%20b', '/~u'],
  ...['/a:b@c', "/it's", '/{**}/{**}', '/{**}/x/{*}'],
])('the path %j is admitted', async (path) => {
  expect(await at('spec.rules.0.path', path)).toEqual([]);
});

test.each([
  ...['', 'a', '/**', '/a{*}', '/{*}a', '/a/*', '/a*', '/.*', '/foo(.*)', '/foo(/.*)?', '/a%2', '/a b', '/a?b=c', '/a#b', '/{id}', '/{}'],
  ...['/{***}', '/ä', '/a[b]', '/a|b', '/a\\b', '/((a+)+)+b\u0000', '/a\n'],
])('the path %j is one finding', async (path) => {
  expect(await at('spec.rules.0.path', path)).toEqual(['schema-value spec.rules[0].path']);
});

test.each([
  ['/.*', 'write /*'],
  ['.*', 'write /*'],
  ['/**', 'write /*'],
  ['/foo/.*', 'write /foo/{**}'],
  ['/foo/*', 'write /foo/{**}'],
  ['/foo/*/bar', 'write /foo/{*}/bar'],
  ['/foo/[^/]+/bar', 'write /foo/{*}/bar'],
  ['/users/{id}', 'write /users/{*}'],
  ['/foo(/.*)?', 'write /foo and /foo/{**}, each as a rule of its own'],
  ['/foo.*', 'write /foo and /foo/{**}, each as a rule of its own'],
  ['/orders|/orders/.*', 'write /orders and /orders/{**}, each as a rule of its own'],
  ['foo', 'write /foo'],
  ['', 'write / for the root or /* for every path'],
  ['/a?b=c', 'leave the query out: a rule cannot look at it'],
])('instead of the path %j it says: %s', async (path, advice) => {
  const [message = ''] = await says('spec.rules.0.path', path);
  expect(message.endsWith(`; ${advice}`)).toBe(true);
});

test('what is written instead of a path is admitted', async () => {
  for (const path of ['/*', '/foo/{**}', '/foo/{*}/bar', '/foo', '/']) expect(await at('spec.rules.0.path', path)).toEqual([]);
});

test.each(['host', 'host.com', 'a.b.ca', '*.example.com', '1.2.3.44', 'a--b', 'x'.repeat(63)])('the host %j is admitted', async (host) => {
  expect(await at('spec.hosts', [host])).toEqual([]);
});

test.each([
  ...['Host.com', 'host.c', '*.com', '*', 'api.*.com', 'host..com', 'host.com.', '-a.com', 'a-.com', 'a_b.com', 'host.com:443', ''],
  ...['https://host.com/', 'x'.repeat(64)],
])('the host %j breaks the CEL rule', async (host) => {
  expect(await at('spec.hosts', [host])).toEqual(['schema-cel spec.hosts[0]']);
});

test('a host of 256 characters is told once', async () => {
  expect(await at('spec.hosts', [`${'a.'.repeat(126)}host`])).toEqual(['schema-value spec.hosts[0]']);
});

test.each(['gateway', 'externalGateway'])('%s takes namespace/name only', async (field) => {
  for (const good of ['kyma-system/kyma-gateway', 'a/b']) expect(await at(`spec.${field}`, good)).toEqual([]);
  const bad = ['kyma-gateway', 'kyma-gateway.kyma-system', 'a.b.svc.cluster.local', 'A/b', 'a_b/c', 'a/b/c', 'a/', 'mesh', 'a.b/c'];
  for (const text of bad) expect(await at(`spec.${field}`, text)).toEqual([`schema-cel spec.${field}`]);
  expect(await at(`spec.${field}`, `a/${'b'.repeat(126)}`)).toEqual([`schema-value spec.${field}`]);
});

test.each<[string, JsonValue, string]>([
  ['none', {}, 'has no access strategy; give exactly one of jwt, extAuth and noAuth: true'],
  ['noAuth: false', { noAuth: false }, 'has no access strategy; give exactly one of jwt, extAuth and noAuth: true'],
  ['two', { noAuth: true, jwt: {} }, 'has jwt and noAuth: true; give exactly one of jwt, extAuth and noAuth: true'],
  ['other two', { jwt: {}, extAuth: { authorizers: ['a'] } }, 'has jwt and extAuth; give exactly one of jwt, extAuth and noAuth: true'],
])('access strategies of a rule: %s', async (_, access, message) => {
  const rule = { path: '/*', methods: ['GET'], ...(access as object) };
  expect(await says('spec.rules', [rule])).toEqual([message]);
});

test('a message names what is and what should be, with the words of the API server beside it', async () => {
  const [result] = await schemaResults(withValue(soundApiRule(), 'spec.timeout', '3s'));
  expect(result?.message).toBe('is "3s"; give a whole number from 1 to 3900');
  expect(result?.reason).toContain('spec.timeout: Invalid value: "string": spec.timeout in body must be of type integer: "string"');
  const [cel] = await schemaResults(withValue(soundApiRule(), 'spec.gateway', 'kyma-gateway.kyma-system.svc.cluster.local'));
  expect(cel?.reason).toContain('spec.gateway: Invalid value: "string": Gateway must be in the namespace/name format');
  expect(cel?.fix).toBe('Write kyma-system/kyma-gateway.');
});

test.each<[string, JsonValue, RegExp, string]>([
  ['spec.rules.0.jwt.authentications.0.fromParameters', ['t'], /did you mean fromParams/, 'fromParameters'],
  ['spec.rules.0.jwt.authentications.0.audiences', ['a'], /belongs under authorizations/, 'audiences'],
  ['spec.rules.0.jwt.authentications.0.requiredScopes', ['a'], /belongs under authorizations/, 'requiredScopes'],
  ['spec.rules.0.jwt.authentications.0.jwksURI', 'a', /did you mean jwksUri/, 'jwksURI'],
  ['spec.rules.0.jwt.authentications.0.jwks_urls', ['a'], /v1beta1.*jwksUri/, 'jwks_urls'],
  ['spec.rules.0.jwt.authentications.0.trusted_issuers', ['a'], /v1beta1.*issuer/, 'trusted_issuers'],
  ['spec.rules.0.accessStrategies', [], /v1beta1.*noAuth/, 'accessStrategies'],
  ['spec.rules.0.accessStrategy', {}, /v1beta1.*noAuth/, 'accessStrategy'],
  ['spec.rules.0.mutators', [], /v1beta1.*request\.headers/, 'mutators'],
  ['spec.rules.0.jwt.handler', 'jwt', /v1beta1/, 'handler'],
  ['spec.rules.0.port', 80, /belongs under spec\.rules\[\]\.service or spec\.service/, 'port'],
  ['spec.methods', ['GET'], /belongs under spec\.rules\[\]/, 'methods'],
  ['rules', [], /belongs under spec/, 'rules'],
  ['spec.rules.0.Timeout', 5, /did you mean timeout/, 'Timeout'],
  ['spec.colour', 1, /known here: corsPolicy, externalGateway, gateway, hosts, rules, service, timeout/, 'colour'],
  ['metadata.label', {}, /did you mean labels/, 'label'],
])('an unknown field %s is named with what was meant', async (place, value, words, name) => {
  const base = withValue(soundApiRule(), 'spec.rules', jwtRule({ authentications: [authentication] }));
  const results = await schemaResults(withValue(base, place, value));
  expect(results.map(({ id }) => id)).toEqual(['schema-unknown-field']);
  expect(results[0]?.message).toMatch(words);
  expect(results[0]?.message).toContain(`"${name}"`);
});

test.each<[string, string, JsonValue, string]>([
  ['spec.host', 'spec.hosts', 'orders.example.com', 'spec.host'],
  ['spec.rules.0.noAuht', 'spec.rules.0.noAuth', true, 'spec.rules[0].noAuht'],
  ['spec.Gateway', 'spec.gateway', 'kyma-system/kyma-gateway', 'spec.Gateway'],
])('%s for %s is told once', async (wrong, right, value, place) => {
  const body = withValue(withValue(soundApiRule(), right, undefined), wrong, value);
  expect(await schemaFindings(body)).toEqual([`schema-unknown-field ${place}`]);
});

test('what stands under a wrong name is judged under the right one', async () => {
  const body = withValue(withValue(soundApiRule(), 'spec.hosts', undefined), 'spec.host', 'Orders');
  expect((await schemaFindings(body)).sort()).toEqual(['schema-cel spec.hosts[0]', 'schema-unknown-field spec.host']);
});

test('null is a remark where the field may be absent', async () => {
  expect(await schemaResults(withValue(soundApiRule(), 'spec.timeout', null))).toMatchObject([
    { id: 'schema-null', status: 'warn', severity: 'low', where: { path: 'spec.timeout' } },
  ]);
});

test('runs share what was made of a definition, and nothing of what they found', async () => {
  const wrong = withValue(soundApiRule(), 'spec.timeout', 'soon');
  const runs = [wrong, soundApiRule(), wrong, soundApiRule()].map((body) => schemaFindings(body));
  const told = ['schema-type spec.timeout'];
  expect(await Promise.all(runs)).toEqual([told, [], told, []]);
});
