import type { JsonObject } from '../../../src/model/json';
import { isProven } from '../../../src/migrate/prove/prove';
import { service } from '../../support/model';
import { jwt, lineOf, newRule, oldApiRule, oldRule, one, proved, rewritten, translated, two } from './old-cluster';

const checked = (more: JsonObject = {}): JsonObject => ({ authentications: [one], ...more });

describe('what is lost is told with a request', () => {
  const closedOf = (rules: JsonObject[], more = {}): string[] =>
    proved([translated(oldApiRule(rules), more)], [service()], more).closed.map(lineOf);

  test('methods that allow let in', () => {
    expect(closedOf([oldRule('GET /a', 'allow')])).toEqual([
      'DELETE,HEAD,PATCH,POST,PROPFIND,PUT,TRACE orders.example.com/a nobody: reaches shop/orders:8080 -> is refused with 404',
    ]);
  });

  test('what a path leaves out', () => {
    expect(closedOf([oldRule('GET /foo(.*)', 'noop')])).toEqual([
      'GET orders.example.com/fooa nobody: reaches shop/orders:8080 -> is refused with 404',
    ]);
  });

  test('paths that are left out because only odd characters reach them are told once for a host', () => {
    const { closed, odd } = proved([translated(oldApiRule([oldRule('GET /a/.*', 'noop'), oldRule('GET /b/.*', 'noop')]))], [service()]);
    expect(closed).toEqual([]);
    expect(odd.map(({ host }) => host)).toEqual(['orders.example.com']);
  });

  test('tokens of other issuers on a public path beside a protected one', () => {
    expect(closedOf([oldRule('GET /a', jwt()), oldRule('GET /b', 'noop')])).toContain(
      'GET orders.example.com/b https://issuer.example/that-no-rule-trusts {}: reaches shop/orders:8080 -> is refused with 401',
    );
  });

  test('tokens without subject, and scopes in one text', () => {
    expect(closedOf([oldRule('GET /a', jwt(one, { required_scope: ['read'] }))])).toEqual([
      'GET orders.example.com/a https://one.example.com {"scp":"read more"}: reaches shop/orders:8080 -> is refused with 403',
    ]);
    expect(closedOf([oldRule('GET /a', jwt())])).toEqual([
      'GET orders.example.com/a https://one.example.com {} without sub: reaches shop/orders:8080 -> is refused with 403',
    ]);
  });

  test('an issuer that the map takes away', () => {
    const old = oldApiRule([
      oldRule('GET /a', { config: { jwks_urls: [one.jwksUri, two.jwksUri], trusted_issuers: [one.issuer, two.issuer] } }),
    ]);
    const proof = proved([rewritten(old, [newRule('GET /a', checked())])], [service()]);
    expect(proof.closed.map(lineOf)).toContain(
      'GET orders.example.com/a https://two.example.com {}: reaches shop/orders:8080 -> is refused with 401',
    );
    expect(isProven(proof)).toBe(true);
  });

  test('nobody loses a token of Dex, because nobody has one', () => {
    const dex = { issuer: 'https://dex.old.example.com', jwksUri: 'http://dex-service.kyma-system.svc.cluster.local:5556/keys' };
    const old = oldApiRule([
      oldRule('GET /a', { config: { jwks_urls: [one.jwksUri, dex.jwksUri], trusted_issuers: [one.issuer, dex.issuer] } }),
    ]);
    const proof = proved([rewritten(old, [newRule('GET /a', checked())])], [service()]);
    expect(proof.closed.map(lineOf).filter((line) => line.includes('dex'))).toEqual([]);
    const issuers = [{ from: [dex.issuer, dex.jwksUri], ...two }];
    const both = rewritten(old, [newRule('GET /a', { authentications: [one, two] })]);
    expect(isProven(proved([both], [service()]))).toBe(false);
    expect(isProven(proved([both], [service()], { issuers }))).toBe(true);
  });
});

describe('what the user allows or must know is told apart', () => {
  test('a path that is allowed to widen', () => {
    const old = oldApiRule([oldRule('GET /foo/[0-9]+', 'noop')]);
    const allowWidening = (path: string): boolean => path === '/foo/[0-9]+';
    const proof = proved([translated(old, { allowWidening })], [service()], { allowWidening });
    expect(proof.widened.map(lineOf)).toContain('GET orders.example.com/foo/a nobody: is refused with 404 -> reaches shop/orders:8080');
    expect(isProven(proof)).toBe(true);
  });

  test('a path that is allowed to widen over a protected one', () => {
    const old = oldApiRule([oldRule('GET /foo/[0-9]+', 'noop'), oldRule('GET /foo/admin', jwt())]);
    const rules = [newRule('GET /foo/{*}', 'noAuth'), newRule('GET /foo/admin', checked())];
    const proof = proved([rewritten(old, rules)], [service()], { allowWidening: () => true });
    expect(proof.opened.map(lineOf)).toContain('GET orders.example.com/foo/admin nobody: is refused with 401 -> reaches shop/orders:8080');
  });

  test('OPTIONS joins the methods for preflights, for those who were let in', () => {
    const proof = proved([rewritten(oldApiRule([oldRule('GET /a', 'noop')]), [newRule('GET,OPTIONS /a', 'noAuth')])], [service()]);
    expect(proof.preflight.map(lineOf)).toEqual(['OPTIONS orders.example.com/a nobody: is refused with 404 -> reaches shop/orders:8080']);
    expect(isProven(proof)).toBe(true);
    const onProtected = rewritten(oldApiRule([oldRule('GET /a', jwt())]), [newRule('GET /a', checked()), newRule('OPTIONS /a', 'noAuth')]);
    expect(proved([onProtected], [service()]).opened.map(lineOf)).toContain(
      'OPTIONS orders.example.com/a nobody: is refused with 404 -> reaches shop/orders:8080',
    );
  });

  test('what an external authorizer decides from now on', () => {
    const old = oldApiRule([oldRule('GET /a', { handler: 'oauth2_introspection' })]);
    const proof = proved([rewritten(old, [{ path: '/a', methods: ['GET'], extAuth: { authorizers: ['proxy'] } }])], [service()]);
    expect(proof.delegated.map(lineOf)).toContain(
      'GET orders.example.com/a nobody: is refused with 401 -> is a matter of the external authorizer proxy',
    );
    expect(isProven(proof)).toBe(true);
    const withOptions = rewritten(old, [{ path: '/a', methods: ['GET', 'OPTIONS'], extAuth: { authorizers: ['proxy'] } }]);
    expect(isProven(proved([withOptions], [service()]))).toBe(true);
  });

  test('a request that another Service gets', () => {
    const other = { ...newRule('GET /a', 'noAuth'), service: { name: 'bills', port: 80 } };
    const proof = proved([rewritten(oldApiRule([oldRule('GET /a', 'noop')]), [other])], [service(), service('bills')]);
    expect(proof.moved.map(lineOf)).toContain('GET orders.example.com/a nobody: reaches shop/orders:8080 -> reaches shop/bills:80');
  });
});
