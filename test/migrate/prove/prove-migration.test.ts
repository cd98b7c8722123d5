import type { JsonObject } from '../../../src/model/json';
import { isProven } from '../../../src/migrate/prove/prove';
import { cpuTime, endless } from '../../support/cpu-time';
import { apiRule, policy, service } from '../../support/model';
import { jwt, lineOf, newRule, oldApiRule, oldRule, one, proved, rewritten, translated, two } from './old-cluster';

const checked = (more: JsonObject = {}): JsonObject => ({ authentications: [one], ...more });

describe('a sound translation is proven', () => {
  test.each<[string, JsonObject[]]>([
    ['a public rule', [oldRule('GET /.*', 'noop')]],
    ['a protected path before a public rest', [oldRule('GET /admin', jwt()), oldRule('GET /.*', 'allow')]],
    ['general before specific', [oldRule('GET /.*', 'noop'), oldRule('POST /admin', jwt())]],
    ['a path in two spellings', [oldRule('GET,POST /orders|/orders/.*', jwt())]],
    ['scopes and audiences', [oldRule('GET /.*', jwt(one, { required_scope: ['read'], target_audience: ['orders'] }))]],
    ['a checked path by the proxy', [oldRule('GET /admin', { config: { authentications: [one] } }), oldRule('GET /x', 'no_auth')]],
    ['several services', [oldRule('GET /a', jwt()), { ...oldRule('GET /b', 'noop'), service: { name: 'bills', port: 80 } }]],
    ['a strategy that refuses tokens where anybody may come without one', [oldRule('GET /.*', 'anonymous')]],
    ['a strategy that lets nobody in', [oldRule('GET /a', 'unauthorized'), oldRule('GET /b', 'noop')]],
  ])('%s', (_, rules) => {
    const proof = proved([translated(oldApiRule(rules))], [service(), service('bills')]);
    expect(proof.opened.map(lineOf)).toEqual([]);
    expect(proof.open).toEqual([]);
    expect(isProven(proof)).toBe(true);
  });
});

describe('a wrong translation fails, with a request that shows it', () => {
  const protectedRest = oldApiRule([oldRule('GET /api/admin', jwt()), oldRule('GET /api/.*', 'noop')]);
  test.each<[string, JsonObject, JsonObject[], JsonObject, string]>([
    [
      'a widened path',
      oldApiRule([oldRule('GET /foo/[0-9]+', 'noop')]),
      [newRule('GET /foo/{*}', 'noAuth')],
      {},
      'GET orders.example.com/foo/a nobody: is refused with 404 -> reaches shop/orders:8080',
    ],
    [
      'general before specific',
      protectedRest,
      [newRule('GET /api/{**}', 'noAuth'), newRule('GET /api/admin', checked())],
      {},
      'GET orders.example.com/api/admin nobody: is refused with 500 -> reaches shop/orders:8080',
    ],
    [
      'a protected rule that is left out before a public rest',
      protectedRest,
      [newRule('GET /api/{**}', 'noAuth')],
      {},
      'GET orders.example.com/api/admin nobody: is refused with 500 -> reaches shop/orders:8080',
    ],
    [
      'a protected rule that is narrowed before a public rest',
      oldApiRule([oldRule('GET /admin.*', jwt()), oldRule('GET /.*', 'noop')]),
      [newRule('GET /admin', checked()), newRule('GET /admin/{**}', checked()), newRule('GET /*', 'noAuth')],
      {},
      'GET orders.example.com/admina nobody: is refused with 500 -> reaches shop/orders:8080',
    ],
    [
      'a rule that is narrowed before a public rest of other methods',
      oldApiRule([oldRule('GET /a(.*)', 'noop'), oldRule('GET,HEAD /.*', 'no_auth')]),
      [newRule('GET /a', 'noAuth'), newRule('GET /a/{**}', 'noAuth'), newRule('GET,HEAD /*', 'noAuth')],
      {},
      'HEAD orders.example.com/aa nobody: is refused with 404 -> reaches shop/orders:8080',
    ],
    [
      'a method more',
      oldApiRule([oldRule('GET /a', 'noop')]),
      [newRule('GET,POST /a', 'noAuth')],
      {},
      'POST orders.example.com/a nobody: is refused with 404 -> reaches shop/orders:8080',
    ],
    [
      'a rule that asks for no token any more',
      oldApiRule([oldRule('GET /a', jwt())]),
      [newRule('GET /a', 'noAuth')],
      {},
      'GET orders.example.com/a nobody: is refused with 401 -> reaches shop/orders:8080',
    ],
    [
      'another audience',
      oldApiRule([oldRule('GET /a', jwt(one, { target_audience: ['orders'] }))]),
      [newRule('GET /a', checked({ authorizations: [{ audiences: ['bills'] }] }))],
      {},
      'GET orders.example.com/a https://one.example.com {"aud":["bills"]}: is refused with 401 -> reaches shop/orders:8080',
    ],
    [
      'no audience',
      oldApiRule([oldRule('GET /a', jwt(one, { target_audience: ['orders'] }))]),
      [newRule('GET /a', checked())],
      {},
      'GET orders.example.com/a https://one.example.com {}: is refused with 401 -> reaches shop/orders:8080',
    ],
    [
      'a scope less',
      oldApiRule([oldRule('GET /a', jwt(one, { required_scope: ['read', 'write'] }))]),
      [newRule('GET /a', checked({ authorizations: [{ requiredScopes: ['read'] }] }))],
      {},
      'GET orders.example.com/a https://one.example.com {"scp":["read"]}: is refused with 401 -> reaches shop/orders:8080',
    ],
    [
      'an issuer more',
      oldApiRule([oldRule('GET /a', jwt())]),
      [newRule('GET /a', { authentications: [one, two] })],
      {},
      'GET orders.example.com/a https://two.example.com {}: is refused with 401 -> reaches shop/orders:8080',
    ],
    [
      'keys of somebody else',
      oldApiRule([oldRule('GET /a', jwt())]),
      [newRule('GET /a', { authentications: [{ ...one, jwksUri: two.jwksUri }] })],
      {},
      'GET orders.example.com/a https://one.example.com {}: is refused with 401 -> reaches shop/orders:8080',
    ],
    [
      'issuers of two rules mixed up',
      oldApiRule([oldRule('GET /a', jwt()), oldRule('GET /b', jwt(two))]),
      [newRule('GET /a', { authentications: [one] }), newRule('GET /b', { authentications: [one, two] })],
      {},
      'GET orders.example.com/b https://one.example.com {}: is refused with 401 -> reaches shop/orders:8080',
    ],
    [
      'a wildcard host',
      oldApiRule([oldRule('GET /a', 'noop')]),
      [newRule('GET /a', 'noAuth')],
      { hosts: ['*.example.com'] },
      'GET sample-host.example.com/a nobody: is refused with 404 -> reaches shop/orders:8080',
    ],
    [
      'another host',
      oldApiRule([oldRule('GET /a', 'noop')]),
      [newRule('GET /a', 'noAuth')],
      { hosts: ['bills.example.com'] },
      'GET bills.example.com/a nobody: is refused with 404 -> reaches shop/orders:8080',
    ],
    [
      'an authorizer where nobody got in',
      oldApiRule([oldRule('GET /a', jwt())]),
      [{ path: '/*', methods: ['GET'], extAuth: { authorizers: ['proxy'] } }],
      {},
      'GET orders.example.com/ nobody: is refused with 404 -> is a matter of the external authorizer proxy',
    ],
    [
      'an authorizer for a strategy that let nobody in',
      oldApiRule([oldRule('GET /a', 'unauthorized')]),
      [{ path: '/a', methods: ['GET'], extAuth: { authorizers: ['proxy'] } }],
      {},
      'GET orders.example.com/a nobody: is refused with 401 -> is a matter of the external authorizer proxy',
    ],
    [
      'an authorizer for a method more',
      oldApiRule([oldRule('GET /a', 'oauth2_introspection')]),
      [{ path: '/a', methods: ['GET', 'POST'], extAuth: { authorizers: ['proxy'] } }],
      {},
      'POST orders.example.com/a nobody: is refused with 404 -> is a matter of the external authorizer proxy',
    ],
    [
      'a strategy that let nobody in',
      oldApiRule([oldRule('GET /a', 'unauthorized')]),
      [newRule('GET /a', 'noAuth')],
      {},
      'GET orders.example.com/a nobody: is refused with 401 -> reaches shop/orders:8080',
    ],
  ])('%s', (_, old, rules, more, witness) => {
    const proof = proved([rewritten(old, rules, more)], [service()]);
    expect(proof.opened.map(lineOf)).toContain(witness);
    expect(isProven(proof)).toBe(false);
  });

  test('an APIRule of another host that opens the one of this host', () => {
    const [closed, open] = [oldApiRule([oldRule('GET /a', jwt())]), oldApiRule([oldRule('GET /a', 'noop')], { name: 'shop' })];
    const wide = rewritten(open, [newRule('GET /a', 'noAuth')], { hosts: ['*.example.com'] });
    const proof = proved([rewritten(closed, [newRule('GET /a', checked())]), wide], [service()]);
    expect(proof.opened.map(lineOf)).toContain('GET orders.example.com/a nobody: is refused with 401 -> reaches shop/orders:8080');
  });

  test('a hand-made policy that closed the workload until now', () => {
    const proof = proved(
      [translated(oldApiRule([oldRule('GET /a', 'allow')]))],
      [service(), policy({ action: 'ALLOW', rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] })],
    );
    expect(proof.opened.map(lineOf)).toContain('GET,OPTIONS orders.example.com/a nobody: is refused with 403 -> reaches shop/orders:8080');
  });
});

describe('a proof that cannot be made is none', () => {
  test('an APIRule without new form', () => {
    const proof = proved([translated(oldApiRule([oldRule('GET /foo.*', 'noop')]))]);
    expect(proof).toMatchObject({ complete: false, open: ['APIRule shop/orders has no new form'] });
    expect(isProven(proof)).toBe(false);
  });

  test('more rules than are searched end in bounded time', () => {
    const issuerOf = (at: number) => ({ issuer: `https://i${at}.example.com`, jwksUri: `https://i${at}.example.com/keys` });
    const all = Array.from({ length: 200 }, (_, at) => at);
    const old = oldApiRule(all.map((at) => oldRule(`GET /p${at}/.*`, jwt(issuerOf(at)))));
    const rules = all.map((at) => newRule(`GET /p${at}/{**}`, { authentications: [issuerOf(at)] }));
    const spent = cpuTime();
    const proof = proved([rewritten(old, rules)], [service()]);
    expect(spent()).toBeLessThan(endless);
    expect([isProven(proof), proof.open]).toEqual([false, ['host orders.example.com: its rules tell more paths apart than are searched']]);
  });

  test('an expression that is not read', () => {
    const proof = proved([rewritten(oldApiRule([oldRule('GET /\\bfoo', 'noop')]), [newRule('GET /foo', 'noAuth')])], [service()]);
    expect(proof.open).toEqual(['host orders.example.com: the expression "/\\\\bfoo" holds \\b, which is not read']);
    expect(isProven(proof)).toBe(false);
  });

  test('a policy that the model does not read', () => {
    const proof = proved(
      [translated(oldApiRule([oldRule('GET /a', 'noop')]))],
      [service(), policy({ action: 'DENY', rules: [{ from: [{ source: { ipBlocks: ['10.0.0.0/8'] } }] }] })],
    );
    expect(isProven(proof)).toBe(false);
    expect(proof.open.join()).toContain('ipBlocks');
  });
});

describe('what stands around counts', () => {
  const old = oldApiRule([oldRule('GET /a', 'noop'), oldRule('GET /b', jwt())]);

  test('a policy that refuses now as before is no loss', () => {
    const deny = policy({ action: 'DENY', rules: [{ to: [{ operation: { paths: ['/a'] } }] }] });
    const { closed, opened } = proved([translated(old)], [service(), deny]);
    expect(opened).toEqual([]);
    expect(closed.map(lineOf).filter((line) => line.includes('/a '))).toEqual([]);
  });

  test('policies that an earlier run wrote belong to the migration, not to what was before', () => {
    const baseline = policy({ action: 'ALLOW', rules: [] }, 'baseline');
    const own = {
      ...baseline,
      metadata: { name: 'baseline', namespace: 'shop', labels: { 'app.kubernetes.io/managed-by': 'kyma-guard' } },
    };
    expect(isProven(proved([translated(old)], [service(), own]))).toBe(true);
    expect(isProven(proved([translated(old)], [service(), baseline]))).toBe(false);
  });

  test('what Oathkeeper let in went where its own rule said, whichever route had led to Oathkeeper', () => {
    const bills = { service: { name: 'bills', port: 80 } };
    const two = oldApiRule([oldRule('GET /.*', 'noop'), { ...oldRule('POST /.*', jwt()), ...bills }]);
    const rules = [newRule('GET /*', 'noAuth'), { ...newRule('POST /*', checked()), ...bills }];
    const migrated = rewritten(two, rules);
    const shut = policy({ action: 'DENY', rules: [{}], selector: { matchLabels: { app: 'bills' } } });
    const closed = policy({
      action: 'DENY',
      rules: [{ from: [{ source: { principals: ['cluster.local/ns/kyma-system/sa/oathkeeper-maester-account'] } }] }],
      selector: { matchLabels: { app: 'bills' } },
    });
    const services = [service(), service('bills')];
    expect(proved([migrated], services).moved).toEqual([]);
    expect(proved([migrated], [...services, shut]).opened).toEqual([]);
    expect(proved([migrated], [...services, closed]).opened.map(lineOf)).toEqual([
      'POST orders.example.com/ https://one.example.com {}: is refused with 403 -> reaches shop/bills:80',
    ]);
  });

  const madeFor = (owner: string, rules: JsonObject[]): JsonObject => ({
    ...policy({ action: 'ALLOW', rules }, 'made'),
    metadata: { name: 'made', namespace: 'shop', labels: { 'apirule.gateway.kyma-project.io/v1beta1': owner } },
  });

  test('objects that the old controller made count no more than the old rules', () => {
    expect(isProven(proved([translated(old)], [old, service(), madeFor('orders.shop', [])]))).toBe(true);
  });

  test('what the old controller left of an APIRule that is gone stays, and lets in whom it lets in', () => {
    const { opened } = proved([translated(old)], [old, service(), madeFor('gone.shop', [{}])]);
    expect(opened.map(lineOf)).toContain('GET orders.example.com/b nobody: is refused with 401 -> reaches shop/orders:8080');
  });

  test('an APIRule v2 of the same workload loses tokens of other issuers on its public path', () => {
    const beside = apiRule([{ path: '/*', methods: ['GET'], noAuth: true }], { hosts: ['news.example.com'] }, 'news');
    const { closed, opened, open } = proved([translated(old)], [service(), beside]);
    expect([opened, open]).toEqual([[], []]);
    expect(closed.map(lineOf).filter((line) => line.includes('news.example.com'))).toEqual([
      'GET news.example.com/ https://issuer.example/that-no-rule-trusts {}: reaches shop/orders:8080 -> is refused with 401',
    ]);
  });
});
