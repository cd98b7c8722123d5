import fc from 'fast-check';
import type { Decision } from '../../../src/model/access';
import { clusterOf, type Cluster } from '../../../src/model/cluster';
import { decide } from '../../../src/model/decide';
import { intentOf } from '../../../src/model/intent';
import type { AccessStrategy } from '../../../src/model/api-rule';
import type { JsonObject } from '../../../src/model/json';
import { textOf } from '../../../src/model/json-fields';
import { normalizePath } from '../../../src/model/normalize-request';
import { readManifests } from '../../../src/model/read-manifests';
import { searchCluster } from '../../../src/model/search/find-holes';
import { translate } from '../../../src/model/translate';
import { clusterFrom } from '../../support/model';
import { issuers, objects, path } from './random-cluster';
import { runs } from '../../support/runs';

/** Claims of the tokens that the brute force tries. */
const claimSets: readonly JsonObject[] = [
  {},
  { scope: ['read'] },
  { scp: ['admin'], aud: ['orders'] },
  { aud: ['orders'] },
  { scope: 'read admin' },
];
const token = 'header.payload.signature';

/** Concrete paths near a pattern: its operators filled in several ways, letters and slashes added. */
function concrete(pattern: string): string[] {
  const filled = ['a', 'b', 'x', 'a/b', 'ab', ''].flatMap((one) => [
    pattern.replaceAll('{*}', one || 'z').replaceAll('{**}', one),
    pattern.replace('/*', `/${one}`),
  ]);
  return filled
    .flatMap((text) => [text, `${text}/`, `/${text}`, text.replace('.', 'X'), text.slice(0, -1) || '/', `${text}%20`])
    .filter((text) => /^\//.test(text) && normalizePath(text) === text);
}

interface Brute {
  readonly request: string;
  readonly rule: string;
}

/** Every try of the brute force that gets in without what its rule asks for. */
function bruteForce(cluster: Cluster, paths: readonly string[]): Brute[] {
  const istio = translate(cluster);
  return ['orders.example.com', 'other.example.com'].flatMap((host) =>
    ['GET', 'POST'].flatMap((method) =>
      paths.flatMap((target) => {
        const request = { host, method, target, headers: {} };
        const intent = intentOf(cluster, request);
        if (!intent || intent.rule.access.kind === 'noAuth') return [];
        const where = { request: `${method} ${host}${target}`, rule: `${intent.apiRule.name}[${intent.index}]` };
        const anonymous = decide(istio, request, new Map());
        const withToken = issuers.flatMap((issuer) =>
          claimSets.flatMap((claims) => {
            const facts = new Map([[token, { issuer, claims: { sub: 'subject', ...claims } }]]);
            const decision = decide(istio, { ...request, headers: { authorization: `Bearer ${token}` } }, facts);
            return isIn(decision) && !satisfies(intent.rule.access, issuer, claims) ? [where] : [];
          }),
        );
        return [...(isIn(anonymous) ? [where] : []), ...withToken];
      }),
    ),
  );
}

function isIn({ verdict }: Decision): boolean {
  return verdict === 'forward';
}

/** What a rule asks for, read from the documentation anew. */
function satisfies(access: AccessStrategy, issuer: string, claims: JsonObject): boolean {
  if (access.kind !== 'jwt' || !access.jwt.authentications.some((one) => one.issuer === issuer)) return false;
  const has = (claim: string, value: string): boolean => {
    const held = claims[claim];
    return Array.isArray(held) ? held.includes(value) : claim === 'scope' ? textOf(held).split(' ').includes(value) : held === value;
  };
  const scoped = (scopes: readonly string[]): boolean =>
    scopes.length === 0 || ['scp', 'scope', 'scopes'].some((claim) => scopes.every((scope) => has(claim, scope)));
  const { authorizations } = access.jwt;
  return (
    authorizations.length === 0 ||
    authorizations.some(({ requiredScopes, audiences }) => scoped(requiredScopes) && audiences.every((audience) => has('aud', audience)))
  );
}

function pathsNear(cluster: Cluster): string[] {
  return [...new Set(cluster.apiRules.flatMap(({ rules }) => rules.flatMap((rule) => concrete(rule.path))))];
}

test('whatever a brute force gets in with, the search reports for the same rule', () => {
  fc.assert(
    fc.property(objects, path, (input, extra) => {
      const cluster = clusterFrom(...input);
      const found = searchCluster(cluster, translate(cluster));
      const reported = new Set(found.holes.map(({ intent }) => `${intent.apiRule.name}[${intent.index}]`));
      const missed = bruteForce(cluster, [...pathsNear(cluster), ...concrete(extra)]).filter(({ rule }) => !reported.has(rule));
      expect(missed).toEqual([]);
      expect(found.incomplete).toEqual([]);
    }),
    { numRuns: runs(150) },
  );
});

test('every hole that is reported has a witness that the model admits, whose rule is protected', () => {
  fc.assert(
    fc.property(objects, (input) => {
      const cluster = clusterFrom(...input);
      for (const { request, intent, decision } of searchCluster(cluster, translate(cluster)).holes) {
        const spoken = intentOf(cluster, { ...request, target: request.path, headers: {} });
        expect([spoken?.apiRule.name, spoken?.index, spoken?.rule.access.kind === 'noAuth', decision.verdict]).toEqual([
          intent.apiRule.name,
          intent.index,
          false,
          'forward',
        ]);
      }
    }),
    { numRuns: runs(300) },
  );
});

test('a witness without a token gets in when it is decided on its own, against all objects', () => {
  fc.assert(
    fc.property(objects, (input) => {
      const { manifests } = readManifests(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: input }), 'x');
      const { cluster } = clusterOf(manifests);
      const istio = translate(cluster);
      for (const { kind, request } of searchCluster(cluster, istio).holes.filter((hole) => hole.kind === 'anonymous'))
        expect([kind, decide(istio, { ...request, target: request.path, headers: {} }, new Map()).verdict]).toEqual([
          'anonymous',
          'forward',
        ]);
    }),
    { numRuns: runs(200) },
  );
});
