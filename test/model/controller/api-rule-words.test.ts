import { apiRuleReport } from '../../../src/model/controller/api-rule-report';
import { authorizerProblems, meshAuthorizers } from '../../../src/model/controller/authorizer-problems';
import { jwtHandlerProblems } from '../../../src/model/controller/jwt-handler-problems';
import type { JsonObject, JsonValue } from '../../../src/model/json';
import { apiRule, rule } from '../../support/model';

/** What the controller would write of an APIRule, line by line. */
const words = (body: JsonObject) =>
  apiRuleReport(body)
    .filter(({ id }) => id !== 'api-rule-status-limit')
    .flatMap(({ says }) => says?.split('\n') ?? []);

const issuer = { issuer: 'https://a.example', jwksUri: 'https://a.example/keys' };
const get = (path: string, more: JsonObject = {}): JsonObject => ({ path, methods: ['GET'], noAuth: true, ...more });
const { noAuth: _noAuth, ...bare } = get('/a');
const jwt = (...authentications: JsonObject[]): JsonObject => ({ ...bare, jwt: { authentications } });
const demanding = (authorizations: JsonValue): JsonObject => ({ ...bare, jwt: { authentications: [issuer], authorizations } });
const fromHeaders = [{ name: 'x-token' }];
const fromParams = ['token'];
const first = '.spec.rules[0]';

test.each<[string, JsonObject, string[]]>([
  ['P1', apiRule([get('/a')], { externalGateway: 'a/b' }), ["'spec': Either gateway or externalGateway must be specified"]],
  ['V2', apiRule([]), ["'.spec.rules': No rules defined"]],
  ['V4', apiRule([demanding([])]), [`'${first}.jwt.authorizations': authorizations defined, but no configuration exists`]],
  ['V5', apiRule([demanding([null])]), [`'${first}.jwt.authorizations[0]': authorization is empty`]],
  ['V6', apiRule([demanding([{ requiredScopes: [] }])]), [`'${first}.jwt.authorizations[0].requiredScopes': value is empty`]],
  [
    'V6, a text',
    apiRule([demanding([{ requiredScopes: ['a', ''] }])]),
    [`'${first}.jwt.authorizations[0].requiredScopes': scope value is empty`],
  ],
  ['V7', apiRule([demanding([{}, { audiences: [] }])]), [`'${first}.jwt.authorizations[1].audiences': value is empty`]],
  ['V7, a text', apiRule([demanding([{ audiences: [''] }])]), [`'${first}.jwt.authorizations[0].audiences': audience value is empty`]],
  ['V8', apiRule([jwt()]), [`'${first}.jwt.authentications': A JWT config must have at least one authentication`]],
  [
    'V9a, empty',
    apiRule([jwt({ ...issuer, issuer: '' })]),
    [`'${first}.jwt.authentications[0].issuer': value is empty or not a valid uri err=value is empty`],
  ],
  [
    'V9a, with a colon',
    apiRule([jwt({ ...issuer, issuer: '://a' })]),
    [`'${first}.jwt.authentications[0].issuer': value is empty or not a valid uri err=parse "://a": missing protocol scheme`],
  ],
  ['V9a, a name', apiRule([jwt({ ...issuer, issuer: 'accounts' })]), []],
  [
    'V9b',
    apiRule([jwt(issuer, { ...issuer, jwksUri: 'no_url' })]),
    [`'${first}.jwt.authentications[1].jwksUri': value is empty or not a valid uri err=parse "no_url": invalid URI for request`],
  ],
  [
    'V9c',
    apiRule([jwt({ ...issuer, fromParams }, { issuer: 'b', jwksUri: '/b', fromHeaders })]),
    [`'${first}.jwt.authentications[1].fromHeaders': mixture of multiple fromHeaders and fromParams is not supported`],
  ],
  [
    'V9d, in one entry',
    apiRule([jwt({ ...issuer, fromParams, fromHeaders })]),
    [`'${first}.jwt.authentications[0].fromParams': mixture of multiple fromHeaders and fromParams is not supported`],
  ],
  [
    'V9d, after an earlier entry',
    apiRule([jwt({ ...issuer, fromHeaders }, { issuer: 'b', jwksUri: '/b', fromParams })]),
    [`'${first}.jwt.authentications[1].fromParams': mixture of multiple fromHeaders and fromParams is not supported`],
  ],
  [
    'V9e',
    apiRule([jwt({ ...issuer, fromHeaders: [...fromHeaders, ...fromHeaders] })]),
    [`'${first}.jwt.authentications[0].fromHeaders': multiple fromHeaders are not supported`],
  ],
  [
    'V9f',
    apiRule([jwt({ ...issuer, fromParams: ['a', 'b'] })]),
    [`'${first}.jwt.authentications[0].fromParams': multiple fromParams are not supported`],
  ],
  ['V12a', apiRule([get('/{**}/{**}')]), [`'${first}.path': Only one {**} operator is allowed in the path.`]],
  ['V12b', apiRule([get('/{**}/a/{*}')]), [`'${first}.path': The {**} operator must be the last operator in the path.`]],
  [
    'V13',
    apiRule([rule('/a/{*}', 'GET,POST'), rule('/a/{**}', 'POST,GET')]),
    ['POST', 'GET'].map(
      (method) => `'.spec.rules': Path /a/{**} with method ${method} conflicts with at least one of the previous rule paths`,
    ),
  ],
  [
    'V13, a method listed twice',
    apiRule([rule('/a', 'GET,GET')]),
    ["'.spec.rules': Path /a with method GET conflicts with at least one of the previous rule paths"],
  ],
  ['V13, not seen by the controller', apiRule([get('/a/b'), get('/a'), get('/a')]), []],
  [
    'V14',
    apiRule([jwt(issuer), { ...jwt({ ...issuer, fromHeaders }), path: '/b' }]),
    ["'.spec.rules[1].jwt.authentications[0]': multiple jwt configurations that differ for the same issuer"],
  ],
  ['V14, equal places written differently', apiRule([jwt({ ...issuer, fromParams: [] }), { ...jwt(issuer), path: '/b' }]), []],
  ['V15a', apiRule([get('/a')], { hosts: [] }), ["'.spec.hosts': No hosts defined"]],
  ['V15d', apiRule([get('/a')], { hosts: ['A'] }), ["'.spec.hosts[0]': Host must be a valid FQDN or short host name"]],
])('%s in the words of the controller', (_, body, expected) => {
  expect(words(body)).toEqual(expected.map((line) => `Attribute ${line}`));
});

test('V1: beside an empty spec nothing else is looked at', () => {
  const { spec: _spec, ...body } = apiRule([]);
  expect(words(body)).toEqual([
    "Attribute '.spec': APIRule in version v2alpha1 contains an empty spec. To troubleshoot, see https://kyma-project.io/#/api-gateway/user/troubleshooting-guides/03-70-empty-apirule-spec.",
    "Attribute 'spec': Either gateway or externalGateway must be specified",
  ]);
});

test('V3: a rule without Service fails twice', () => {
  const { service: _service, ...spec } = apiRule([get('/a')])['spec'] as JsonObject;
  expect(words({ ...apiRule([]), spec })).toEqual([
    "Attribute '.spec.rules[0].service': The rule must define a service, because no service is defined on spec level",
    "Attribute '.spec.rules[0]': Failed to execute sidecar injection validation, err: service name is required but missing",
  ]);
});

test('V4 to V9 of restrictions are told without that segment, and placed with it', () => {
  const restrictions = { authentications: [{ issuer: '', jwksUri: '/keys' }], authorizations: [] };
  const body = apiRule([{ ...bare, extAuth: { authorizers: ['proxy'], restrictions } }]);
  expect(words(body)).toEqual([
    "Attribute '.spec.rules[0].extAuth.authentications[0].issuer': value is empty or not a valid uri err=value is empty",
    "Attribute '.spec.rules[0].extAuth.authorizations': authorizations defined, but no configuration exists",
  ]);
  const [problem] = apiRuleReport(body);
  expect(problem?.path).toEqual(['spec', 'rules', 0, 'extAuth', 'restrictions', 'authentications', 0, 'issuer']);
});

const spec = { rules: [{ ...bare, extAuth: { authorizers: ['proxy'] } }] };
const attribute = '.spec.rules[0].extAuth.externalAuthorizers';
test.each([
  ['V11b', {}, `'${attribute}': Istio ConfigMap does not contain mesh key`],
  ['V11c', { mesh: 'a: [' }, `'${attribute}': Failed to unmarshal mesh data`],
  ['V11d', { mesh: 'extensionProviders: []' }, `'${attribute}.proxy': Authorizer not found in Istio ConfigMap mesh data`],
  [
    'V11e',
    { mesh: 'extensionProviders: [{ name: proxy, envoyExtAuthzGrpc: {} }]' },
    `'${attribute}.proxy': EnvoyExtAuthzHttp not found in Istio ConfigMap mesh data for authorizer`,
  ],
])('%s in the words of the controller', (_, data, expected) => {
  expect(authorizerProblems(spec, meshAuthorizers({ data })).map(({ says }) => says)).toEqual([`Attribute ${expected}`]);
});

test('an authorizer over HTTP is taken', () => {
  const mesh = 'extensionProviders: [{ name: proxy, envoyExtAuthzHttp: { service: a } }]';
  expect(authorizerProblems(spec, meshAuthorizers({ data: { mesh } }))).toEqual([]);
});

test.each([
  [{ 'api-gateway-config': 'jwtHandler: envoy' }, "Attribute '': Unsupported JWT Handler: envoy"],
  [{ other: '' }, "Attribute '': Configuration is missing"],
])('P6: %j', (data, expected) => {
  const configMap = { metadata: { name: 'api-gateway-config', namespace: 'kyma-system' }, data };
  expect(jwtHandlerProblems(configMap).map(({ says }) => says)).toEqual([expected]);
  expect(jwtHandlerProblems({ ...configMap, metadata: { name: 'other', namespace: 'kyma-system' } })).toEqual([]);
});

const limitOf = (body: JsonObject) => apiRuleReport(body).find(({ id }) => id === 'api-rule-status-limit')?.says;

test('more than three errors: the status shows three in the order of the controller, one of all conflicts, and counts the others', () => {
  const wrong = { ...demanding([]), path: '/{**}/{*}' };
  expect(limitOf(apiRule([rule('/a', 'GET,GET'), rule('/b', 'GET,GET'), wrong], { hosts: ['A'] }))).toBe(
    [
      "Validation errors: Attribute '.spec.rules[2].jwt.authorizations': authorizations defined, but no configuration exists",
      "Attribute '.spec.rules[2].path': The {**} operator must be the last operator in the path.",
      "Attribute '.spec.rules': Path /a with method GET conflicts with at least one of the previous rule paths",
      '1 more error(s)...',
    ].join('\n'),
  );
});

test.each([
  [
    'a wrong gateway hides all others',
    apiRule(
      ['/{**}/{**}', '/{**}/{*}', '/{**}/{**}/a', '/{**}/a/{*}'].map((path) => get(path)),
      { externalGateway: 'a/b' },
    ),
  ],
  ['conflicts are one', apiRule(['/a', '/b', '/c', '/d', '/e'].map((path) => rule(path, 'GET,GET')))],
])('%s, so that the status shows everything', (_, body) => {
  expect(limitOf(body)).toBeUndefined();
});

test('versions that are no longer served are left to others, and a usable APIRule has no problem', () => {
  expect(apiRuleReport({ ...apiRule([]), apiVersion: 'gateway.kyma-project.io/v1beta1' })).toEqual([]);
  expect(apiRuleReport(apiRule([get('/health'), jwt(issuer)]))).toEqual([]);
});
