import fc from 'fast-check';
import { buildMatrix } from '../../src/explain/matrix/build-matrix';
import type { AccessRow, HostAccess } from '../../src/explain/matrix/matrix';
import { decide } from '../../src/model/decide';
import type { JsonObject } from '../../src/model/json';
import { translate } from '../../src/model/translate';
import { objects, path } from '../model/search/random-cluster';
import { apiRule, clusterFrom, issuer, nothing, policy, rule, service } from '../support/model';
import { runs } from '../support/runs';

function hostsOf(...input: JsonObject[]): readonly HostAccess[] {
  const cluster = clusterFrom(...input);
  return buildMatrix(cluster, translate(cluster)).hosts;
}

function rowText({ path: text, methods, access, part, example, decidedBy, rule: route }: AccessRow): string {
  const others = decidedBy.filter((name) => name !== route).map((name) => name.replace('APIRule shop/', ''));
  return `${text} ${methods.join(',')} ${access}${part ? ` as ${example}` : ''}${others.length > 0 ? ` by ${others.join(' and ')}` : ''}`;
}

function rows(rules: JsonObject[], ...more: JsonObject[]): string[] {
  return (hostsOf(service(), apiRule(rules), ...more)[0]?.rows ?? []).map(rowText);
}

const closed = policy({ action: 'ALLOW' });
const denied = policy({ action: 'DENY', rules: [{ to: [{ operation: { paths: ['/a/secret'] } }] }] });
const opened = policy({ action: 'ALLOW', rules: [{ to: [{ operation: { paths: ['/a'] } }] }] });

test.each<[string, string[], string[]]>([
  ['a public rule', rows([rule('/a', 'GET')]), ['/a GET public']],
  ['a rule with a token', rows([rule('/a', 'GET,POST', {})]), ['/a GET,POST jwt']],
  ['a closed baseline changes nothing', rows([rule('/a', 'GET', {})], closed), ['/a GET jwt']],
  ['a specific rule before a general one', rows([rule('/a', 'GET', {}), rule('/*', 'GET')]), ['/a GET jwt', '/* GET public']],
  [
    'a method that a later rule loses',
    rows([rule('/a/b', 'GET', {}), rule('/a/{**}', 'GET,POST')]),
    [
      '/a/b GET jwt',
      '/a/{**} GET,POST public',
      '/a/{**} POST closed as POST /a/b by none of the 2 ALLOW policies of the workload admits it',
    ],
  ],
  [
    'a rule that an earlier one takes everything from',
    rows([rule('/*', 'GET'), rule('/a', 'GET', {})]),
    ['/* GET public', '/* GET jwt as GET /a by orders spec.rules[1]', '/a GET unreached by orders spec.rules[0]'],
  ],
  [
    'a policy by hand that refuses',
    rows([rule('/a/{**}', 'GET')], denied),
    ['/a/{**} GET public', '/a/{**} GET closed as GET /a/secret by policy shop/manual refuses it'],
  ],
  ['a policy by hand that admits', rows([rule('/a', 'GET', {})], opened), ['/a GET public by AuthorizationPolicy shop/manual']],
  ['an external authorizer', rows([{ path: '/a', methods: ['GET'], extAuth: { authorizers: ['login'] } }]), ['/a GET extAuth']],
])('%s', (_, is, should) => {
  expect(is).toEqual(should);
});

test('a row names issuers, scopes, audiences and the place of the token', () => {
  const authentications = [{ issuer, jwksUri: `${issuer}/keys`, fromHeaders: [{ name: 'X-Token', prefix: 'JWT ' }] }];
  const jwt = { authentications, authorizations: [{ requiredScopes: ['read', 'write'], audiences: ['orders'] }] };
  const [host] = hostsOf(service(), apiRule([{ path: '/a', methods: ['GET'], jwt }]));
  expect(host?.rows[0]?.callers).toEqual([
    { issuers: [issuer], scopes: ['read', 'write'], audiences: ['orders'], conditions: [], tokenFrom: ['header X-Token: JWT'] },
  ]);
});

test('several issuers with audiences are said to share them', () => {
  const authentications = [issuer, 'https://two.example.com'].map((name) => ({ issuer: name, jwksUri: `${name}/keys` }));
  const jwt = { authentications, authorizations: [{ audiences: ['one'] }, { audiences: ['two'] }] };
  const [host] = hostsOf(service(), apiRule([{ path: '/a', methods: ['GET'], jwt }]));
  expect(host?.rows[0]?.notes).toEqual([expect.stringContaining('a token of each of these issuers may carry them')]);
});

test('what Ory Oathkeeper decides is not known', () => {
  const old = apiRule([rule('/a', 'GET')], { service: { name: 'ory-oathkeeper-proxy', namespace: 'kyma-system', port: 4455 } });
  expect(hostsOf(old)[0]?.rows[0]).toMatchObject({ access: 'unknown', missing: expect.stringContaining('Oathkeeper') });
});

test('extAuth with restrictions names authorizers and callers', () => {
  const restrictions = { authentications: [{ issuer, jwksUri: `${issuer}/keys` }] };
  const [host] = hostsOf(service(), apiRule([{ path: '/a', methods: ['GET'], extAuth: { authorizers: ['login'], restrictions } }]));
  expect(host?.rows[0]).toMatchObject({ access: 'extAuth', authorizers: ['login'], callers: [{ issuers: [issuer] }] });
});

test('a workload without its Service is assumed, and what is not exposed is 404', () => {
  const [host] = hostsOf(apiRule([rule('/a', 'GET')]));
  expect([host?.rows[0]?.workload, host?.otherwise]).toEqual([{ namespace: 'shop', service: 'orders', port: 8080, assumed: true }, '404']);
});

test('a wildcard host stands for all below it, beside the host that it shares a workload with', () => {
  const hosts = hostsOf(service(), apiRule([rule('/a', 'GET', {})]), apiRule([rule('/a', 'GET')], { hosts: ['*.example.com'] }, 'wild'));
  expect(hosts.map(({ host, rows: [row] }) => `${host} ${row?.access ?? ''} ${row?.decidedBy.join() ?? ''}`)).toEqual([
    '*.example.com public APIRule shop/wild spec.rules[0]',
    'orders.example.com public APIRule shop/wild spec.rules[0]',
  ]);
});

test('callers inside the cluster that a policy lets in are named', () => {
  const inside = policy({
    action: 'ALLOW',
    rules: [{ from: [{ source: { notPrincipals: ['cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account'] } }] }],
  });
  const [host] = hostsOf(service(), apiRule([rule('/a', 'GET', {})]), inside);
  expect(host?.rows[0]).toMatchObject({ access: 'jwt', notes: ['callers inside the cluster get in without a token'] });
});

test('a host of one label says that its domain is missing', () => {
  const [host] = hostsOf(service(), apiRule([rule('/a', 'GET')], { hosts: ['orders'] }));
  expect([host?.host, host?.notes]).toEqual(['orders', [expect.stringContaining('--domain')]]);
});

test('what path operators do not take is told in words', () => {
  const [host] = hostsOf(service(), apiRule([rule('/a/{*}', 'GET', {}), rule('/*', 'GET')]));
  expect(host?.notes).toContainEqual(
    expect.stringMatching(/^GET \/.*\[ and its like are refused with 403, whatever the rows say: .* admit only/),
  );
  expect(host?.rows.map(({ part, notes }) => [part, notes])).toContainEqual([
    true,
    [expect.stringContaining('a % that begins no escape such as %20')],
  ]);
});

test('a request that anybody can make stands in a public row of its rule, and none else does', () => {
  fc.assert(
    fc.property(objects, path, fc.constantFrom('GET', 'POST'), (input, text, method) => {
      const cluster = clusterFrom(...input);
      const istio = translate(cluster);
      const target = text.replaceAll('{**}', 'a/b').replaceAll('{*}', 'ab').replace('*', 'a');
      const { verdict, route } = decide(istio, { host: 'orders.example.com', method, target, headers: {} }, nothing);
      const host = buildMatrix(cluster, istio).hosts.find((one) => one.host === 'orders.example.com');
      const name = route?.origin ? `APIRule ${route.origin.apiRule} spec.rules[${route.origin.rule}]` : '';
      const kinds = host?.rows.filter((row) => row.rule === name && row.methods.includes(method)).map(({ access }) => access) ?? [];
      expect(verdict !== 'forward' || kinds.includes('public')).toBe(true);
      expect(verdict !== 'deny' || !route || kinds.some((kind) => kind !== 'public')).toBe(true);
    }),
    { numRuns: runs(150) },
  );
});
