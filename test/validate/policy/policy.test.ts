import { examplePolicy } from '../../../src/validate/policy/example-policy';
import type { Policy } from '../../../src/validate/policy/policy';
import {
  coversPath,
  hostPatternProblem,
  issuerPatternProblem,
  matchesHost,
  matchesIssuer,
} from '../../../src/validate/policy/policy-pattern';
import { policyRules } from '../../../src/validate/policy/policy-rules';
import { readPolicy } from '../../../src/validate/policy/read-policy';
import { exampleApiRule, jwtOf } from '../../../src/validate/rules/security/example-api-rule';
import { idsOf, validateText } from '../../support/validate-text';

const policyIds = ['policy-issuer', 'policy-host', 'policy-public-path', 'policy-audience'];
const main = 'https://id.example.com/realms/main';

async function judged(rules: readonly string[], policy: Policy, host = 'orders.example.com'): Promise<string[]> {
  return idsOf(await validateText(exampleApiRule(rules, 'orders', host), { policy, select: policyIds }));
}

const guarded = (jwt: string): string => `{ path: /orders, methods: [GET], ${jwt} }`;
const open = (path: string): string => `{ path: ${path}, methods: [GET], noAuth: true }`;

test.each<[string, readonly string[], Policy, string[]]>([
  ['an issuer on the list', [guarded(jwtOf(main))], { allowedIssuers: [main] }, []],
  ['an issuer that is not', [guarded(jwtOf(`${main}2`))], { allowedIssuers: [main] }, ['policy-issuer fail']],
  ['an issuer below a path', [guarded(jwtOf(main))], { allowedIssuers: ['https://id.example.com/*'] }, []],
  ['any issuer with an empty list', [guarded(jwtOf(main))], { allowedIssuers: [] }, ['policy-issuer fail']],
  ['any issuer without a list', [guarded(jwtOf(main))], {}, []],
  ['a public path on the list', [open('/healthz')], { publicPaths: [{ host: '*', path: '/healthz' }] }, []],
  [
    'a public path of another host',
    [open('/healthz')],
    { publicPaths: [{ host: 'a.example.com', path: '/healthz' }] },
    ['policy-public-path fail'],
  ],
  ['a public path below', [open("'/public/{**}'")], { publicPaths: [{ host: '*', path: '/public/*' }] }, []],
  ['a public rule for everything', [open('/*')], { publicPaths: [{ host: '*', path: '/public/*' }] }, ['policy-public-path fail']],
  ['a protected path', [guarded(jwtOf(main))], { publicPaths: [] }, []],
  ['one of the audiences', [guarded(jwtOf(main, '[{ audiences: [b] }]'))], audiences('any'), []],
  ['one of the audiences where all are due', [guarded(jwtOf(main, '[{ audiences: [b] }]'))], audiences('all'), ['policy-audience fail']],
  ['all of them', [guarded(jwtOf(main, '[{ audiences: [b, a, c] }]'))], audiences('all'), []],
  [
    'an alternative without audience',
    [guarded(jwtOf(main, '[{ audiences: [a] }, { requiredScopes: [x] }]'))],
    audiences('any'),
    ['policy-audience fail'],
  ],
  ['no authorizations', [guarded(jwtOf(main, '[]'))], audiences('any'), ['policy-audience fail']],
  ['another issuer', [guarded(jwtOf('https://other.example.com', '[]'))], audiences('any'), []],
])('%s is judged', async (_, rules, policy, expected) => {
  expect(await judged(rules, policy)).toEqual(expected);
});

function audiences(match: 'any' | 'all'): Policy {
  return { requiredAudiences: [{ issuer: main, audiences: ['a', 'b'], match }] };
}

test.each([
  ['orders.example.com', ['policy-host fail']],
  ['orders.example.net', []],
  ['orders', ['policy-host error']],
])('a host %s beside the list *.example.net gives %j', async (host, expected) => {
  expect(await judged([guarded(jwtOf(main))], { allowedHosts: ['*.example.net'] }, host)).toEqual(expected);
});

test('a short host is judged when the domain is known, for hosts and public paths', async () => {
  const policy = { allowedHosts: ['*.example.net'], publicPaths: [{ host: '*.example.net', path: '/healthz' }] };
  const text = exampleApiRule([open('/healthz')], 'orders', 'orders');
  const run = async (domain?: string) =>
    idsOf(await validateText(text, { policy, select: policyIds, ...(domain !== undefined && { domain }) }));
  expect(await run('example.net')).toEqual([]);
  expect(await run()).toEqual(['policy-host error', 'policy-public-path error']);
  expect(await run('example.com')).toEqual(['policy-host fail', 'policy-public-path fail']);
});

test('a RequestAuthentication made by hand trusts allowed issuers only, too', async () => {
  const yaml = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: a, namespace: b }
spec: { jwtRules: [{ issuer: https://evil.example.com }] }`;
  expect(idsOf(await validateText(yaml, { policy: { allowedIssuers: [main] }, select: ['policy-issuer'] }))).toEqual([
    'policy-issuer fail',
  ]);
});

test.each([
  [main, main, true],
  [main, `${main}/`, false],
  ['https://id.example.com/*', 'https://id.example.com/', false],
  ['https://id.example.com/*', 'https://id.example.com.evil.net/x', false],
  ['https://id.example.com/realms/*', 'https://id.example.com/realms/../evil', false],
  ['https://id.example.com/realms/*', 'https://id.example.com/realms/%2e%2e/evil', false],
  ['https://id.example.com/realms/*', 'https://id.example.com/realms/a?b', false],
  ['https://id.example.com/realms/*', 'https://id.example.com/realms/v2.0', true],
  ['https://*.auth.example.com/oauth/token', 'https://acme.auth.example.com/oauth/token', true],
  ['https://*.auth.example.com/oauth/token', 'https://a.b.auth.example.com/oauth/token', false],
  ['https://*.auth.example.com/oauth/token', 'https://evil.net/.auth.example.com/oauth/token', false],
  ['https://*.auth.example.com/oauth/token', 'https://evil@x.auth.example.com/oauth/token', false],
  ['https://*.auth.example.com/oauth/token', 'http://acme.auth.example.com/oauth/token', false],
  ['https://*.auth.example.com/oauth/token', 'https://.auth.example.com/oauth/token', false],
  ['https://*.auth.example.com/*', 'https://acme.auth.example.com/oauth/token', true],
  ['https://*.auth.example.com/*', 'https://acme.auth.example.com.evil.net/', false],
])('the pattern %s takes %s: %s', (pattern, issuer, is) => {
  expect(matchesIssuer(pattern, issuer)).toBe(is);
});

test.each([
  ['https://id.example.com/realms/main', true],
  ['https://id.example.com/*', true],
  ['https://*.example.com/oauth/token', true],
  ['id.example.com', false],
  ['https://id.example.com*', false],
  ['https://*', false],
  ['https://*/*', false],
  ['https://*.com/x', false],
  ['https://id-*.example.com/', false],
  ['https://id.example.com/re*', false],
])('%s is a pattern of issuers: %s', (pattern, is) => {
  expect(issuerPatternProblem(pattern) === undefined).toBe(is);
});

test.each([
  ['*.example.com', 'a.b.example.com', true],
  ['*.example.com', '*.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', 'evilexample.com', false],
  ['A.example.com', 'a.EXAMPLE.com', true],
  ['*', 'anything', true],
])('the pattern %s takes the host %s: %s', (pattern, host, is) => {
  expect(matchesHost(pattern, host)).toBe(is);
});

test.each(['a.*.example.com', '*example.com', 'https://a', '', '*.', 'a..b'])('%s is no pattern of hosts', (pattern) => {
  expect(hostPatternProblem(pattern)).toMatch(/is no host/);
});

test.each([
  ['/public/*', '/public/{**}', true],
  ['/public/*', '/public', false],
  ['/public/*', '/publications', false],
  ['/public', '/public/x', false],
  ['/*', '/anything/{*}', true],
])('the path %s covers %s: %s', (pattern, path, is) => {
  expect(coversPath(pattern, path)).toBe(is);
});

test('the policy of the documentation can be read, an empty list allowing nothing', () => {
  const { maxSuppressible, ...rest } = examplePolicy;
  expect(readPolicy(JSON.parse(JSON.stringify({ version: 1, maxSuppressible, ...rest })))).toEqual({ policy: examplePolicy, problems: [] });
  expect(readPolicy({ version: 1, allowedHosts: [] }).policy).toEqual({ allowedHosts: [] });
});

test.each([
  ['no version', {}, 'version: is missing or another; give 1'],
  ['a misspelt member', { version: 1, allowedIssuer: [] }, 'allowedIssuer: is an unknown key; did you mean allowedIssuers?'],
  ['a list that is a text', { version: 1, allowedHosts: 'a' }, 'allowedHosts: is text; give a list'],
  ['an unknown severity', { version: 1, maxSuppressible: 'bad' }, 'maxSuppressible: is "bad"; give one of'],
  ['a bad pattern', { version: 1, allowedIssuers: ['https://*'] }, 'allowedIssuers.0: is "https://*", which has a star'],
  ['a path without slash', { version: 1, publicPaths: [{ host: '*', path: 'x' }] }, 'publicPaths.0.path: is "x"; give a path'],
  ['no audiences', { version: 1, requiredAudiences: [{ issuer: main, audiences: [] }] }, 'requiredAudiences.0.audiences: is empty'],
  [
    'an unknown match',
    { version: 1, requiredAudiences: [{ issuer: main, audiences: ['a'], match: 'some' }] },
    'requiredAudiences.0.match: is "some"',
  ],
])('%s is a problem with a place', (_, data, message) => {
  const problems = readPolicy(data).problems.map(({ path, message: text }) => `${path.join('.')}: ${text}`);
  expect(problems).toContainEqual(expect.stringContaining(message));
});

test.each(policyRules(examplePolicy).map((rule) => [rule.id, rule] as const))('the examples of %s tell bad from good', async (id, rule) => {
  const run = async (yaml: string) => idsOf(await validateText(yaml, { policy: examplePolicy, select: [id] }));
  expect([await run(rule.bad), await run(rule.good)]).toEqual([[`${id} fail`], []]);
});

test.each([
  ['a path alone', { publicPaths: ['/healthz'] }],
  ['an empty entry', { publicPaths: [null] }],
  ['an issuer alone', { requiredAudiences: [main] }],
  ['an empty entry of audiences', { requiredAudiences: [null] }],
  ['a manifest', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } }],
])('%s is one mistake, told once', (_, members) => {
  expect(readPolicy({ ...('kind' in members ? {} : { version: 1 }), ...members }).problems).toHaveLength(1);
});
