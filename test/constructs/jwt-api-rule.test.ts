import { Testing } from 'cdk8s';
import { JwtApiRule, OidcIssuer, XsuaaIssuer, type AccessRuleProps, type JwtApiRuleProps, type JwtIssuer } from '../../src/index';
import { apiRuleProblems } from '../../src/model/api-rule-checks';
import type { JsonObject } from '../../src/model/json';
import { objectAt } from '../../src/model/json-fields';
import { schemaRefusals } from '../support/crd-schemas';
import { keycloak, protectedRule, xsuaaProps, xsuaaUrl } from '../support/scenario';
import { refusal, synthesize, synthesizeKind } from '../support/synthesize';

function ruleProps(changes: Partial<JwtApiRuleProps> = {}): JwtApiRuleProps {
  const metadata = { name: 'orders', namespace: 'shop' };
  return {
    metadata,
    host: 'orders',
    service: { name: 'orders', port: 8080 },
    selector: { app: 'orders' },
    rules: [protectedRule()],
    ...changes,
  };
}
const written = (changes: Partial<JwtApiRuleProps> = {}) =>
  synthesizeKind('APIRule', (chart) => new JwtApiRule(chart, 'rule', ruleProps(changes)));
const refused = (changes: Partial<JwtApiRuleProps>) => refusal((chart) => new JwtApiRule(chart, 'rule', ruleProps(changes)));
const withRule = (changes: Partial<AccessRuleProps>) => ({ rules: [protectedRule(changes)] });
const firstRule = (body: JsonObject) => (objectAt(body, 'spec')['rules'] as JsonObject[])[0];

test('a rule trusts the issuers that it names', () => {
  expect(written()).toEqual({
    apiVersion: 'gateway.kyma-project.io/v2',
    kind: 'APIRule',
    metadata: { name: 'orders', namespace: 'shop', annotations: { 'argocd.argoproj.io/sync-wave': '1' } },
    spec: {
      hosts: ['orders'],
      gateway: 'kyma-system/kyma-gateway',
      service: { name: 'orders', port: 8080 },
      rules: [{ path: '/here_location', methods: ['GET'], jwt: { authentications: [keycloak] } }],
    },
  });
});

test('everything that an API rule can say has the structure that the API server knows', () => {
  const cors = {
    allowOrigins: [{ exact: 'https://shop.example.com' }],
    allowMethods: ['GET'],
    allowHeaders: ['authorization'],
    exposeHeaders: ['x-id'],
  };
  const issuer = { ...keycloak, fromHeaders: [{ name: 'x-token', prefix: 'JWT ' }] };
  const access = { issuers: [issuer], authorizations: [{ scopes: ['read'], audiences: ['shop'] }, { scopes: ['admin'] }] };
  const rule = protectedRule({ access, timeoutSeconds: 10, request: { headers: { 'x-a': 'b' }, cookies: { c: 'd' } } });
  const body = written({
    rules: [rule, protectedRule({ path: '/*', access: 'public' })],
    cors: { ...cors, maxAgeSeconds: 60, allowCredentials: true },
    timeoutSeconds: 30,
  });
  expect(schemaRefusals(body)).toEqual([]);
  expect(firstRule(body)).toMatchObject({
    jwt: { authorizations: [{ requiredScopes: ['read'], audiences: ['shop'] }, { requiredScopes: ['admin'] }] },
  });
});

test('a rule that says nothing about access is protected, never public', () => {
  const open: AccessRuleProps = { path: '/*', methods: ['GET'] };
  expect(firstRule(written({ issuers: [keycloak], rules: [open] }))).toMatchObject({ jwt: { authentications: [keycloak] } });
  expect(() => written({ rules: [open] })).toThrow(
    /\[\S+\] APIRule \S+ spec\.rules\[0\]: the rule for \/\* names nobody who may call it; give access/,
  );
});

test('public is a word of its own', () => {
  expect(firstRule(written(withRule({ access: 'public' })))).toEqual({ path: '/here_location', methods: ['GET'], noAuth: true });
});

test('an issuer may be a construct', () => {
  const bodies = synthesize((chart) => {
    const oidc = new OidcIssuer(chart, 'oidc', keycloak);
    const xsuaa = new XsuaaIssuer(chart, 'xsuaa', xsuaaProps({ url: xsuaaUrl }));
    new JwtApiRule(chart, 'rule', ruleProps(withRule({ access: { issuers: [xsuaa, oidc] } })));
  });
  const authentications = [{ issuer: `${xsuaaUrl}/oauth/token`, jwksUri: `${xsuaaUrl}/token_keys` }, keycloak];
  expect(firstRule(bodies.find(({ kind }) => kind === 'APIRule') ?? {})).toMatchObject({ jwt: { authentications } });
});

test('a provider whose tokens stand elsewhere says so in every rule', () => {
  const fromHeaders = [{ name: 'x-token', prefix: 'JWT ' }];
  const body = synthesizeKind('APIRule', (chart) => {
    const issuer = new OidcIssuer(chart, 'oidc', { ...keycloak, fromHeaders });
    return new JwtApiRule(chart, 'rule', ruleProps(withRule({ access: { issuers: [issuer] } })));
  });
  expect(firstRule(body)).toMatchObject({ jwt: { authentications: [{ ...keycloak, fromHeaders }] } });
});

test('a provider that nobody should trust is refused, also while no rule names it', () => {
  const jwksUri = 'http://id.example.com/keys';
  expect(refusal((chart) => new OidcIssuer(chart, 'oidc', { ...keycloak, jwksUri }))).toContain(
    'without TLS anyone on the way can replace the keys',
  );
});

/** What Istio does with a required scope: compares it with every entry of the claim. */
const opens = (scope: string, claim: readonly string[]) => claim.includes(scope);
const xsuaaToken = ['geo!t4711.Read'];
const requiredScope = (issuers: readonly JwtIssuer[], scope: string) => {
  const rule = firstRule(written(withRule({ access: { issuers, scopes: [scope] } }))) ?? {};
  return ((objectAt(rule, 'jwt')['authorizations'] as JsonObject[])[0]?.['requiredScopes'] as string[])[0] ?? '';
};
const xsuaa = (xsappname?: string): JwtIssuer => ({ ...keycloak, declaredAppName: 'geo', xsappname });

test('a scope becomes the one that tokens carry, once the suffix is known', () => {
  expect(opens('geo.Read', xsuaaToken)).toBe(false);
  expect(opens('$XSAPPNAME.Read', xsuaaToken)).toBe(false);
  expect(opens(requiredScope([xsuaa('geo!t4711'), keycloak], '$XSAPPNAME.Read'), xsuaaToken)).toBe(true);
});

test.each([
  ['no issuer knows its suffix', [xsuaa()], '$XSAPPNAME.Read', 'is no value that a token can hold'],
  ['two issuers know different ones', [xsuaa('geo!t1'), xsuaa('geo!t2')], '$XSAPPNAME.Read', 'is no value that a token can hold'],
  ['it is written without suffix', [xsuaa('geo!t1')], 'geo.Read', 'write $XSAPPNAME.Read'],
])('a scope that no token could carry is refused: %s', (_, issuers, scope, message) => {
  expect(refused(withRule({ access: { issuers, scopes: [scope] } }))).toContain(message);
});

test('a scope of another application with a similar name is taken', () => {
  expect(refused(withRule({ access: { issuers: [xsuaa('geo!t1')], scopes: ['geometry.Read'] } }))).toBe('');
});

test('scopes and authorizations do not stand side by side', () => {
  const access = { issuers: [keycloak], scopes: ['a'], authorizations: [{ scopes: ['b'] }] };
  expect(() => written(withRule({ access }))).toThrow(TypeError);
});

const gitea = { issuer: 'https://git.example.com', jwksUri: 'https://git.example.com/keys' };
const fromHeaders = [{ name: 'x-token' }];

test.each([
  ['a host in capitals', { host: 'Orders' }, 'spec.hosts[0]: "Orders" is no host'],
  ['a host that is no DNS label', { host: 'or_ders' }, 'is no host'],
  ['a long gateway name', { gateway: 'kyma-gateway.kyma-system.svc.cluster.local' }, 'is not of the form namespace/name'],
  ['a name too long for labels', { metadata: { name: 'x'.repeat(64), namespace: 'shop' } }, 'cannot label the Istio objects'],
  ['a Service that cannot exist', { service: { name: '1st', port: 80 } }, 'is no name of a Service'],
  ['port 0', { service: { name: 'orders', port: 0 } }, 'give a port from 1 to 65535'],
  ['no rule', { rules: [] }, 'has no rule'],
  ['a timeout of zero', { timeoutSeconds: 0 }, 'spec.timeout: is 0; give whole seconds from 1 to 3900'],
  ['a timeout beyond an hour', withRule({ timeoutSeconds: 3901 }), 'spec.rules[0].timeout: is 3901'],
  ['a path with a regular expression', withRule({ path: '/orders/.*' }), 'is no path of an APIRule v2'],
  ['a path of an older version', withRule({ path: '/orders/<id>' }), 'is no path of an APIRule v2'],
  ['an operator after the last one', withRule({ path: '/{**}/a/{*}' }), 'has an operator after {**}'],
  ['a path that never matches', withRule({ path: '/a+b' }), 'so the literal path never matches'],
  ['a path that would take long to match', withRule({ path: '/((a+)+)+b' }), 'so the literal path never matches'],
  ['no method', withRule({ methods: [] }), 'name at least one method'],
  ['a method twice', withRule({ methods: ['GET', 'GET'] }), 'GET is listed twice'],
  [
    'an issuer without TLS',
    withRule({ access: { issuers: [{ ...gitea, issuer: 'http://git.example.com' }] } }),
    'does not start with https://',
  ],
  ['no issuer', withRule({ access: { issuers: [] } }), 'names no issuer'],
  ['an empty list of scopes', withRule({ access: { issuers: [keycloak], scopes: [] } }), 'name at least one value or leave it out'],
  [
    'an empty list of authorizations',
    withRule({ access: { issuers: [keycloak], authorizations: [] } }),
    'leave it out to accept every valid token',
  ],
  ['a scope that is a pattern', withRule({ access: { issuers: [keycloak], scopes: ['read.*'] } }), 'is a pattern for the gateway'],
  ['an audience that is a pattern', withRule({ access: { issuers: [keycloak], audiences: ['*'] } }), 'is a pattern for the gateway'],
  [
    'headers and parameters',
    withRule({
      access: {
        issuers: [
          { ...keycloak, fromHeaders },
          { ...gitea, fromParams: ['t'] },
        ],
      },
    }),
    'mixes fromHeaders',
  ],
  [
    'the same path and method twice',
    { rules: [protectedRule(), protectedRule({ access: 'public' })] },
    'repeats GET /here_location of spec.rules[0]',
  ],
  ['two spellings of everything', { rules: [protectedRule({ path: '/*' }), protectedRule({ path: '/{**}' })] }, 'repeats GET /{**}'],
  [
    'CORS for every page',
    { cors: { allowOrigins: [{ regex: '.*' }], allowCredentials: true } },
    'admits every origin together with credentials',
  ],
  ['CORS without origins', { cors: { allowOrigins: [] } }, 'drops the whole policy'],
  [
    'CORS with an age of zero',
    { cors: { allowOrigins: [{ exact: 'https://a.example.com' }], maxAgeSeconds: 0 } },
    'give whole seconds from 1',
  ],
] satisfies [string, Partial<JwtApiRuleProps>, string][])('%s: refused with a reason', (_, changes, message) => {
  expect(refused(changes)).toContain(message);
});

test('one issuer is read at one place only', () => {
  const access = { issuers: [{ ...keycloak, fromHeaders }] };
  const rules = [protectedRule(), protectedRule({ path: '/other', access })];
  expect(refused({ rules })).toContain('reads the token at another place than an earlier rule');
});

test('a closed baseline needs to know the Pods, and opting out is named', () => {
  const { selector: _selector, ...props } = ruleProps();
  expect(() => new JwtApiRule(Testing.chart(), 'rule', props)).toThrow("give selector, or baseline 'none'");
  expect(synthesize((chart) => new JwtApiRule(chart, 'rule', { ...props, baseline: 'none' })).map(({ kind }) => kind)).toEqual(['APIRule']);
});

test('what a person writes by hand is checked the same way', () => {
  const jwt = { authentications: [keycloak], authorizations: [] };
  const body = (spec: JsonObject, rule: JsonObject) => ({
    metadata: { name: 'a' },
    spec: { hosts: ['a'], gateway: 'a/b', rules: [{ path: '/a', methods: ['GET'], ...rule }], ...spec },
  });
  const ids = (manifest: JsonObject) => apiRuleProblems(manifest).map(({ id }) => id);
  expect(ids(body({ hosts: ['a', 'b'] }, { service: { name: 'a', port: 1 }, noAuth: true, jwt }))).toEqual([
    'api-rule-host',
    'api-rule-access',
    'jwt-authorization',
  ]);
  expect(ids(body({ externalGateway: 'c/d' }, { noAuth: false }))).toEqual(['api-rule-gateway', 'api-rule-access', 'api-rule-service']);
  expect(
    ids(body({ corsPolicy: { allowOrigins: [{ suffix: 'x' }] } }, { noAuth: true, methods: ['get'], service: { name: 'a', port: 1 } })),
  ).toEqual(['api-rule-cors', 'api-rule-methods']);
});
