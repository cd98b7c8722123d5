import fc from 'fast-check';
import { admitsEverybody, strangerOf } from '../../../src/model/origin-pattern';
import type { Rule } from '../../../src/validate/rule';
import { corsAnyOrigin } from '../../../src/validate/rules/security/cors-any-origin';
import { corsAuthorizationHeader } from '../../../src/validate/rules/security/cors-authorization-header';
import { corsDeadOrigin } from '../../../src/validate/rules/security/cors-dead-origin';
import { corsDropped } from '../../../src/validate/rules/security/cors-dropped';
import { corsOriginKey } from '../../../src/validate/rules/security/cors-origin-key';
import { corsPreflightMethod } from '../../../src/validate/rules/security/cors-preflight-method';
import { corsWideOrigin } from '../../../src/validate/rules/security/cors-wide-origin';
import { exampleJwt } from '../../../src/validate/rules/security/example-api-rule';
import { exampleSpec } from '../../../src/validate/rules/security/example-issuer';
import { rawFindings, severitiesOf } from '../../support/rule-findings';

const protectedRule = `{ path: /orders, methods: [GET, OPTIONS], ${exampleJwt} }`;
const publicRule = '{ path: /orders, methods: [GET], noAuth: true }';

/** Rule, allowed origin, further members of the policy, what the rule says. */
const byOrigin: readonly (readonly [Rule, string, string, string])[] = [
  [corsAnyOrigin, "{ exact: 'https://shop.example.com' }", '', 'silent'],
  [corsAnyOrigin, "{ exact: '*' }", '', 'medium'],
  [corsAnyOrigin, "{ exact: 'null' }", '', 'medium'],
  [corsAnyOrigin, "{ regex: '.*' }", '', 'medium'],
  [corsAnyOrigin, "{ regex: 'https?://.+' }", '', 'medium'],
  [corsAnyOrigin, "{ regex: '.*' }", ', allowCredentials: true', 'high'],
  [corsAnyOrigin, "{ prefix: '' }", '', 'medium'],
  [corsAnyOrigin, "{ prefix: 'https://' }", '', 'medium'],
  [corsAnyOrigin, "{ prefix: 'https://shop.example.com' }", '', 'silent'],
  [corsAnyOrigin, "{ regex: 'https://.*\\.example\\.com' }", '', 'silent'],
  [corsWideOrigin, "{ exact: 'https://shop.example.com' }", '', 'silent'],
  [corsWideOrigin, "{ prefix: 'https://shop.example.com' }", '', 'medium'],
  [corsWideOrigin, "{ prefix: 'https://shop.example.com' }", ', allowCredentials: true', 'high'],
  [corsWideOrigin, "{ prefix: 'https://shop.example.com:' }", '', 'silent'],
  [corsWideOrigin, "{ prefix: 'https://shop.' }", '', 'medium'],
  [corsWideOrigin, "{ regex: 'https://shop\\.example\\.com' }", '', 'silent'],
  [corsWideOrigin, "{ regex: 'https://shop.example.com' }", '', 'medium'],
  [corsWideOrigin, "{ regex: 'https://example.com' }", '', 'silent'],
  [corsWideOrigin, "{ regex: 'https://.*example\\.com' }", '', 'medium'],
  [corsWideOrigin, "{ regex: 'https://.*\\.example\\.com' }", '', 'silent'],
  [corsWideOrigin, "{ regex: 'https://shop\\.example\\.com.*' }", '', 'medium'],
  [corsWideOrigin, "{ regex: '^https://(shop|app).example\\.com(:[0-9]+)?$' }", '', 'medium'],
  [corsWideOrigin, "{ regex: 'https://(shop|app)\\.example\\.com(:[0-9]+)?' }", '', 'silent'],
  [corsWideOrigin, "{ regex: '.*' }", '', 'silent'],
  [corsDeadOrigin, "{ exact: 'https://shop.example.com' }", '', 'silent'],
  [corsDeadOrigin, "{ exact: 'https://shop.example.com:8443' }", '', 'silent'],
  [corsDeadOrigin, "{ exact: 'https://shop.example.com/' }", '', 'low'],
  [corsDeadOrigin, "{ exact: 'shop.example.com' }", '', 'low'],
  [corsDeadOrigin, "{ exact: 'https://Shop.example.com' }", '', 'low'],
  [corsDeadOrigin, "{ exact: 'app://orders' }", '', 'silent'],
  [corsDeadOrigin, "{ prefix: 'https://shop.example.com/' }", '', 'low'],
  [corsDeadOrigin, "{ regex: 'https://(shop' }", '', 'high'],
  [corsOriginKey, "{ suffix: '.example.com' }", '', 'medium'],
  [corsOriginKey, "{ exact: 'https://a.example.com', prefix: 'https://b.example.com' }", '', 'medium'],
  [corsOriginKey, "{ exact: 'https://a.example.com' }", '', 'silent'],
];

test.each(byOrigin.map(([rule, origin, more, said]) => [rule.id, origin, more, said, rule] as const))(
  '%s for %s%s: %s',
  (_, origin, more, said, rule) => {
    expect(severitiesOf(rule, exampleSpec([protectedRule], [`corsPolicy: { allowOrigins: [${origin}]${more} }`]))).toBe(said);
  },
);

test('where everything is public and no credentials go along, an origin too many is hygiene', () => {
  expect(severitiesOf(corsAnyOrigin, exampleSpec([publicRule], ["corsPolicy: { allowOrigins: [{ regex: '.*' }] }"]))).toBe('low');
});

test('an origin too many is shown by a preflight that anybody can send', () => {
  const yaml = exampleSpec([protectedRule], ["corsPolicy: { allowOrigins: [{ prefix: 'https://shop.example.com' }] }"]);
  expect(rawFindings(corsWideOrigin, yaml)[0]).toMatchObject({
    request: 'OPTIONS https://orders.example.com/orders as a preflight of a page at https://shop.example.com.stranger.invalid',
    curl: "curl -i -X OPTIONS -H 'Origin: https://shop.example.com.stranger.invalid' -H 'Access-Control-Request-Method: GET' https://orders.example.com/orders",
  });
});

test.each([
  ['corsPolicy: { allowMethods: [GET] }', 'low'],
  ['corsPolicy: { allowOrigins: [], maxAge: 5 }', 'low'],
  ['corsPolicy: {}', 'silent'],
  ["corsPolicy: { allowOrigins: [{ exact: 'https://a.example.com' }] }", 'silent'],
])('cors-dropped for %s: %s', (line, said) => {
  expect(severitiesOf(corsDropped, exampleSpec([protectedRule], [line]))).toBe(said);
});

const origin = "allowOrigins: [{ exact: 'https://a.example.com' }]";

test.each([
  [`{ path: /orders, methods: [GET], ${exampleJwt} }`, 'low'],
  [`{ path: /orders, methods: [GET, OPTIONS], ${exampleJwt} }`, 'silent'],
  [`{ path: /orders, methods: [GET], ${exampleJwt} }\n    - { path: /*, methods: [OPTIONS], noAuth: true }`, 'silent'],
  ['{ path: /orders, methods: [GET, POST], noAuth: true }', 'silent'],
  ['{ path: /orders, methods: [DELETE], noAuth: true }', 'low'],
])('cors-preflight-method for %s: %s', (rule, said) => {
  expect(severitiesOf(corsPreflightMethod, exampleSpec([rule], [`corsPolicy: { ${origin} }`]))).toBe(said);
});

test.each([
  [protectedRule, "[Authorization, '*']", 'silent'],
  [protectedRule, "['*']", 'low'],
  [protectedRule, '[Content-Type]', 'low'],
  [protectedRule, '[AUTHORIZATION]', 'silent'],
  [publicRule, '[Content-Type]', 'silent'],
])('cors-authorization-header for %s and %s: %s', (rule, headers, said) => {
  expect(severitiesOf(corsAuthorizationHeader, exampleSpec([rule], [`corsPolicy: { ${origin}, allowHeaders: ${headers} }`]))).toBe(said);
});

test('reading any expression neither hangs nor throws', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('.', '*', '+', '?', '[', ']', '(', ')', '|', '\\', '^', '$', ':', '/', 'a', '-') }),
      (value) => {
        expect(typeof admitsEverybody({ match: 'regex', value })).toBe('boolean');
        expect(['string', 'undefined']).toContain(typeof strangerOf({ match: 'regex', value }));
      },
    ),
  );
});
