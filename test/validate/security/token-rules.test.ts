import type { Rule } from '../../../src/validate/rule';
import { exampleApiRule } from '../../../src/validate/rules/security/example-api-rule';
import { exampleIssuer, exampleToken } from '../../../src/validate/rules/security/example-issuer';
import { extAuthCoversRoot } from '../../../src/validate/rules/security/ext-auth-covers-root';
import { hostWildcardPublic } from '../../../src/validate/rules/security/host-wildcard-public';
import { injectedCookie } from '../../../src/validate/rules/security/injected-cookie';
import { injectedToken } from '../../../src/validate/rules/security/injected-token';
import { jwtAnyToken } from '../../../src/validate/rules/security/jwt-any-token';
import { jwtClaimPattern, jwtUnresolvedScope } from '../../../src/validate/rules/security/jwt-claim-pattern';
import { jwtEmptyAlternative } from '../../../src/validate/rules/security/jwt-empty-alternative';
import { jwtScopeNoClaim } from '../../../src/validate/rules/security/jwt-scope-no-claim';
import { jwtScopeOneText } from '../../../src/validate/rules/security/jwt-scope-one-text';
import { jwtXsuaaSuffix } from '../../../src/validate/rules/security/jwt-xsuaa-suffix';
import { publicEverything } from '../../../src/validate/rules/security/public-everything';
import { publicWrite } from '../../../src/validate/rules/security/public-write';
import { tokenHeaderPrefix } from '../../../src/validate/rules/security/token-header-prefix';
import { tokenHeaderTaken } from '../../../src/validate/rules/security/token-header-taken';
import { tokenInUrl } from '../../../src/validate/rules/security/token-in-url';
import { rawFindings, severitiesOf } from '../../support/rule-findings';

const issuers = {
  xsuaa: 'https://orders.authentication.eu10.hana.ondemand.com/oauth/token',
  ias: 'https://shop.accounts.ondemand.com',
  entra: 'https://login.microsoftonline.com/3c1f/v2.0',
  google: 'https://accounts.google.com',
  github: 'https://token.actions.githubusercontent.com',
  okta: 'https://shop.okta.com',
  auth0: 'https://shop.eu.auth0.com/',
  keycloak: 'https://id.example.com/realms/main',
  unknown: 'https://example.com',
} as const;
type Provider = keyof typeof issuers;

function entry(provider: Provider, more = ''): string {
  return `{ issuer: '${issuers[provider]}', jwksUri: 'https://keys.example.com/keys'${more} }`;
}

const scopes = (...names: string[]): string => `[{ requiredScopes: [${names.map((name) => `'${name}'`).join(', ')}] }]`;
const audiences = (...names: string[]): string => `[{ audiences: [${names.map((name) => `'${name}'`).join(', ')}] }]`;

/** Rule, provider, authorizations, what the rule says. */
const byProvider: readonly (readonly [Rule, Provider, string, string])[] = [
  [jwtAnyToken, 'xsuaa', '[{}]', 'medium'],
  [jwtAnyToken, 'ias', '[{}]', 'medium'],
  [jwtAnyToken, 'entra', '[{}]', 'medium'],
  [jwtAnyToken, 'okta', '[{}]', 'medium'],
  [jwtAnyToken, 'auth0', '[{}]', 'medium'],
  [jwtAnyToken, 'google', '[{}]', 'high'],
  [jwtAnyToken, 'github', '[{}]', 'high'],
  [jwtAnyToken, 'keycloak', '[{}]', 'low'],
  [jwtAnyToken, 'unknown', '[{}]', 'low'],
  [jwtAnyToken, 'xsuaa', audiences('sb-orders!t1'), 'silent'],
  [jwtAnyToken, 'xsuaa', scopes('orders!t1.Read'), 'silent'],
  [jwtEmptyAlternative, 'unknown', '[{ audiences: [orders] }, {}]', 'high'],
  [jwtEmptyAlternative, 'unknown', '[{ audiences: [orders] }, { requiredScopes: [read] }]', 'silent'],
  [jwtEmptyAlternative, 'unknown', '[{}, {}]', 'silent'],
  [jwtScopeNoClaim, 'ias', scopes('read'), 'medium'],
  [jwtScopeNoClaim, 'google', scopes('read'), 'medium'],
  [jwtScopeNoClaim, 'ias', audiences('orders'), 'silent'],
  [jwtScopeNoClaim, 'keycloak', scopes('read'), 'silent'],
  [jwtScopeOneText, 'entra', scopes('Orders.Read', 'Orders.Write'), 'medium'],
  [jwtScopeOneText, 'entra', scopes('Orders.Read'), 'low'],
  [jwtScopeOneText, 'entra', audiences('api://orders', 'api://shop'), 'silent'],
  [jwtScopeOneText, 'okta', scopes('read', 'write'), 'silent'],
  [jwtXsuaaSuffix, 'xsuaa', scopes('orders.Read'), 'medium'],
  [jwtXsuaaSuffix, 'xsuaa', audiences('sb-orders'), 'medium'],
  [jwtXsuaaSuffix, 'xsuaa', scopes('orders!t4711.Read', 'orders!b12.Read', 'openid', 'uaa.user'), 'silent'],
  [jwtXsuaaSuffix, 'xsuaa', scopes('$XSAPPNAME.Read'), 'silent'],
  [jwtXsuaaSuffix, 'keycloak', scopes('orders.Read'), 'silent'],
  [jwtClaimPattern, 'unknown', scopes('read*'), 'medium'],
  [jwtClaimPattern, 'unknown', audiences('*'), 'medium'],
  [jwtClaimPattern, 'unknown', audiences('or*ders'), 'silent'],
  [jwtUnresolvedScope, 'xsuaa', scopes('$XSAPPNAME.Read'), 'medium'],
  [jwtUnresolvedScope, 'xsuaa', scopes('orders!t1.Read'), 'silent'],
];

test.each(byProvider.map(([rule, provider, demands, said]) => [rule.id, provider, demands, said, rule] as const))(
  '%s for %s with %s: %s',
  (_, provider, demands, said, rule) => {
    expect(severitiesOf(rule, exampleIssuer(issuers[provider], 'https://keys.example.com/keys', demands))).toBe(said);
  },
);

test('without authorizations the widest of several issuers counts', () => {
  const both = exampleToken(`authentications: [${entry('keycloak')}, ${entry('ias')}]`);
  expect(severitiesOf(jwtAnyToken, both)).toBe('medium');
});

test('scopes beside an issuer without them may be meant for another issuer', () => {
  const both = exampleToken(`authentications: [${entry('ias')}, ${entry('keycloak')}], authorizations: ${scopes('read')}`);
  expect(severitiesOf(jwtScopeNoClaim, both)).toBe('info');
});

test('an application name without suffix may be that of another issuer', () => {
  const both = exampleToken(`authentications: [${entry('xsuaa')}, ${entry('keycloak')}], authorizations: ${audiences('orders')}`);
  expect(severitiesOf(jwtXsuaaSuffix, both)).toBe('silent');
});

test('an authorizer decides by itself, so restrictions without demands are no finding', () => {
  const rule = `{ path: /a, methods: [GET], extAuth: { authorizers: [proxy], restrictions: { authentications: [${entry('google')}] } } }`;
  expect(severitiesOf(jwtAnyToken, exampleApiRule([rule]))).toBe('silent');
});

/** Rule, further members of the issuer, what the rule says. */
const byLocation: readonly (readonly [Rule, string, string])[] = [
  [tokenInUrl, '', 'silent'],
  [tokenInUrl, ', fromParams: [token]', 'medium'],
  [tokenInUrl, ', fromParams: []', 'silent'],
  [tokenHeaderPrefix, ", fromHeaders: [{ name: x-jwt-assertion, prefix: 'Kyma ' }]", 'silent'],
  [tokenHeaderPrefix, ', fromHeaders: [{ name: x-jwt-assertion }]', 'low'],
  [tokenHeaderPrefix, ", fromHeaders: [{ name: x-jwt-assertion, prefix: '' }]", 'low'],
  [tokenHeaderPrefix, ', fromHeaders: [{ name: Authorization }]', 'medium'],
  [tokenHeaderTaken, ", fromHeaders: [{ name: Cookie, prefix: 'a=' }]", 'medium'],
  [tokenHeaderTaken, ', fromHeaders: [{ name: X-Forwarded-Host }]', 'medium'],
  [tokenHeaderTaken, ', fromHeaders: [{ name: x-forward }]', 'silent'],
];

test.each(byLocation.map(([rule, more, said]) => [rule.id, more, said, rule] as const))('%s with "%s": %s', (_, more, said, rule) => {
  expect(severitiesOf(rule, exampleToken(`authentications: [${entry('unknown', more)}]`))).toBe(said);
});

/** Further members of the issuer, `request` of the rule, what `injected-token` says. */
const injected: readonly (readonly [string, string, string])[] = [
  ['', "{ Authorization: 'Bearer abc' }", 'critical'],
  ['', "{ authorization: 'Bearer abc' }", 'critical'],
  ['', "{ authorization: 'Basic abc' }", 'medium'],
  ['', "{ authorization: 'Bearer %REQ(x-token)%' }", 'medium'],
  ['', "{ x-token: 'Bearer abc' }", 'silent'],
  [', fromHeaders: [{ name: X-Token }]', '{ x-token: abc }', 'critical'],
  [", fromHeaders: [{ name: X-Token, prefix: 'JWT ' }]", '{ x-token: abc }', 'medium'],
  [', fromHeaders: [{ name: X-Token }]', "{ authorization: 'Bearer abc' }", 'silent'],
  [', fromParams: [token]', "{ authorization: 'Bearer abc' }", 'silent'],
];

test.each(injected)('injected-token with an issuer%s and headers %s: %s', (more, headers, said) => {
  const yaml = exampleToken(`authentications: [${entry('unknown', more)}]`, `request: { headers: ${headers} }`);
  expect(severitiesOf(injectedToken, yaml)).toBe(said);
});

test('a token that the gateway brings is shown by a request without one', () => {
  const yaml = exampleToken(`authentications: [${entry('unknown')}]`, "request: { headers: { authorization: 'Bearer abc' } }");
  expect(rawFindings(injectedToken, yaml)[0]).toMatchObject({
    path: ['spec', 'rules', 0, 'request', 'headers', 'authorization'],
    request: 'GET https://orders.example.com/orders without a token',
    expected: 'refused: 403',
    curl: 'curl -i --path-as-is https://orders.example.com/orders',
  });
});

/** Rule, rules of the APIRule, what the rule says. */
const byRule: readonly (readonly [Rule, readonly string[], string])[] = [
  [injectedToken, ["{ path: /a, methods: [GET], noAuth: true, request: { headers: { authorization: 'Basic abc' } } }"], 'medium'],
  [
    injectedToken,
    ["{ path: /a, methods: [GET], extAuth: { authorizers: [p] }, request: { headers: { authorization: 'Basic abc' } } }"],
    'high',
  ],
  [injectedToken, ['{ path: /a, methods: [GET], noAuth: true, request: { headers: { x-tenant: a } } }'], 'silent'],
  [injectedCookie, ['{ path: /a, methods: [GET], extAuth: { authorizers: [p] }, request: { cookies: { a: b } } }'], 'medium'],
  [injectedCookie, ["{ path: /a, methods: [GET], extAuth: { authorizers: [p] }, request: { headers: { Cookie: 'a=b' } } }"], 'medium'],
  [injectedCookie, ['{ path: /a, methods: [GET], noAuth: true, request: { cookies: { a: b } } }'], 'silent'],
  [publicWrite, ['{ path: /a, methods: [POST], noAuth: true }'], 'info'],
  [publicWrite, ['{ path: /a, methods: [GET, HEAD, OPTIONS], noAuth: true }'], 'silent'],
  [publicEverything, ['{ path: "/{**}", methods: [GET], noAuth: true }'], 'info'],
  [publicEverything, ['{ path: "/public/{**}", methods: [GET], noAuth: true }'], 'silent'],
  [extAuthCoversRoot, ['{ path: /, methods: [GET], noAuth: true }', '{ path: /*, methods: [GET], extAuth: { authorizers: [p] } }'], 'low'],
  [
    extAuthCoversRoot,
    ['{ path: /, methods: [GET], noAuth: true }', '{ path: /*, methods: [POST], extAuth: { authorizers: [p] } }'],
    'silent',
  ],
  [
    extAuthCoversRoot,
    ['{ path: /*, methods: [GET], extAuth: { authorizers: [p] } }', '{ path: /, methods: [GET], noAuth: true }'],
    'silent',
  ],
];

test.each(byRule.map(([rule, rules, said]) => [rule.id, rules.join(' and '), said, rule, rules] as const))(
  '%s for %s: %s',
  (_, __, said, rule, rules) => {
    expect(severitiesOf(rule, exampleApiRule(rules))).toBe(said);
  },
);

test.each([
  ['*.example.com', 'noAuth: true', 'low'],
  ['a.example.com', 'noAuth: true', 'silent'],
  ['*.example.com', 'extAuth: { authorizers: [p] }', 'silent'],
])('host-wildcard-public for host %s with %s: %s', (host, access, said) => {
  expect(severitiesOf(hostWildcardPublic, exampleApiRule([`{ path: /a, methods: [GET], ${access} }`], 'orders', `"${host}"`))).toBe(said);
});
