import fc from 'fast-check';
import type { AccessRequest, TokenFacts } from '../../../src/model/access';
import { clusterOf } from '../../../src/model/cluster';
import { decide } from '../../../src/model/decide';
import { fullMatch } from '../../../src/model/linear-regex';
import { trusting } from '../../../src/model/search/caller-keys';
import { translate } from '../../../src/model/translate';
import type { Caller } from '../../../src/model/search/caller';
import type { JsonObject } from '../../../src/model/json';
import { readOldModel, simulateOld, type OldDecision } from '../../../src/migrate/prove/simulate';
import { proveMigration, readAround, isProven, type Proof } from '../../../src/migrate/prove/prove';
import { bareApiRule } from '../../../src/model/bare-manifest';
import type { Translation } from '../../../src/migrate/translation';
import { service } from '../../support/model';
import { jwt, manifestsOf, newRule, oldApiRule, oldRule, one, readOld, rewritten, settings, translated, two } from './old-cluster';
import { runs } from '../../support/runs';

const methods = fc.constantFrom('GET', 'POST', 'GET,POST', 'GET,HEAD', 'OPTIONS', 'PUT,GET');
const oldPath = fc.constantFrom(
  ...[
    '/.*',
    '/a',
    '/a/.*',
    '/a(/.*)?',
    '/a(.*)',
    '/a/[^/]+',
    '/a/b',
    '/(a|b)',
    '/b/.*',
    '/v1.0',
    '/a|/a/.*',
    '/a/[^/]*',
    '/b',
    '/a/.*/b',
    '/[ab]/c',
  ],
);
const newPath = fc.constantFrom(
  '/*',
  '/a',
  '/a/{**}',
  '/a/{*}',
  '/a/b',
  '/b',
  '/b/{**}',
  '/{**}',
  '/{*}',
  '/v1.0',
  '/a/',
  '/{*}/c',
  '/a/{**}/b',
  '/',
);
const open = ['noop', 'allow', 'no_auth', 'unauthorized', 'anonymous'];
const byOathkeeper: (string | JsonObject)[] = [
  jwt(),
  jwt(two),
  jwt(one, { required_scope: ['read'] }),
  jwt(one, { target_audience: ['orders'], required_scope: ['read', 'write'] }),
];
const byProxy: (string | JsonObject)[] = [
  { config: { authentications: [one] } },
  { config: { authentications: [two], authorizations: [{ requiredScopes: ['read'] }] } },
];
const rulesWith = (checking: readonly (string | JsonObject)[]): fc.Arbitrary<JsonObject[]> =>
  fc.array(
    fc
      .tuple(methods, oldPath, fc.constantFrom(...open, ...checking))
      .map(([listed, path, handler]) => oldRule(`${listed} ${path}`, handler)),
    { minLength: 1, maxLength: 4 },
  );
// A cluster checked tokens in one way or the other.
const rules = fc.oneof(rulesWith(byOathkeeper), rulesWith(byProxy));
const access = fc.constantFrom<'noAuth' | JsonObject>(
  'noAuth',
  { authentications: [one] },
  { authentications: [one, two] },
  { authentications: [one], authorizations: [{ requiredScopes: ['read'] }] },
  { authentications: [two], authorizations: [{ audiences: ['orders'] }, { requiredScopes: ['read', 'write'] }] },
);
const newRules = fc.array(
  fc.tuple(methods, newPath, access).map(([listed, path, strategies]) => newRule(`${listed} ${path}`, strategies)),
  { minLength: 1, maxLength: 4 },
);
const caller = fc.constantFrom<Caller>(
  { claims: {}, headers: {} },
  ...[one, two].flatMap(({ issuer, jwksUri: keys }) =>
    [{}, { scope: ['read'] }, { scope: ['read', 'write'], aud: ['orders'] }, { aud: ['orders'] }].map((claims) => ({
      ...{ issuer, keys, headers: {} },
      claims: { sub: 'somebody', ...claims },
    })),
  ),
  { issuer: 'https://nobody.example.com', keys: 'https://nobody.example.com/keys', claims: { sub: 'somebody' }, headers: {} },
);
const request = fc.record({
  caller,
  method: fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PROPFIND'),
  path: fc.constantFrom(
    '/',
    '/a',
    '/a/',
    '/a/b',
    '/a/x',
    '/a/x/b',
    '/ax',
    '/b',
    '/b/c',
    '/a/c',
    '/c',
    '/v1.0',
    '/v1a0',
    '/a//b',
    '/a/b/c',
    '/%20',
    '/a/[',
    '/a%20',
    '//',
  ),
});

interface Call {
  readonly caller: Caller;
  readonly method: string;
  readonly path: string;
}

/** Both states, asked about one request as it is. */
function asked(translation: Translation, { caller: who, method, path }: Call): { before: OldDecision; after: ReturnType<typeof decide> } {
  const around = readAround(manifestsOf(service()));
  const { cluster } = clusterOf([...manifestsOf(service()), bareApiRule(translation.apiRule ?? {})]);
  const headers = who.issuer === undefined ? {} : { authorization: 'Bearer a.b.c' };
  const sent: AccessRequest = { host: 'orders.example.com', method, target: path, headers };
  const { issuer, keys, claims } = who;
  const facts: TokenFacts =
    issuer === undefined ? new Map() : new Map([['a.b.c', { issuer, claims, ...(keys !== undefined && { keys }) }]]);
  return {
    before: simulateOld(readOldModel([translation.old], around, settings), sent, facts),
    after: decide(trusting(translate(cluster), who), sent, facts),
  };
}

/** True when a list of the proof speaks of the request: its method, and its caller or somebody who has less. */
function isTold(proof: Proof, lists: readonly ('opened' | 'preflight' | 'closed')[], { caller: who, method }: Call): boolean {
  return lists.some((list) =>
    proof[list].some(
      (one) =>
        one.methods.includes(method) && (one.caller.issuer === undefined || one.caller.issuer === who.issuer || isForeign(one.caller, who)),
    ),
  );
}

function isForeign(told: Caller, who: Caller): boolean {
  return told.issuer?.includes('that-no-rule-trusts') === true && who.issuer !== undefined;
}

function untold(translation: Translation, proof: Proof, calls: readonly Call[]): unknown[] {
  return calls.flatMap((call) => {
    const { before, after } = asked(translation, call);
    if (before.verdict === after.verdict) return [];
    // Whoever has a token can leave it out.
    if (after.verdict === 'forward' && asked(translation, { ...call, caller: { claims: {}, headers: {} } }).before.verdict === 'forward')
      return [];
    const lists = after.verdict === 'forward' ? (['opened', 'preflight'] as const) : (['closed'] as const);
    const isOdd = after.verdict !== 'forward' && /[[\]]/.test(call.path) && proof.odd.length > 0;
    return isOdd || isTold(proof, lists, call)
      ? []
      : [{ call, before: before.verdict, after: after.verdict, status: [before.status, after.status] }];
  });
}

const calls = fc.array(request, { minLength: 5, maxLength: 25 });

test('where the translation and the old rules disagree about a request, the proof says so', () => {
  fc.assert(
    fc.property(rules, calls, (old, tried) => {
      const translation = translated(oldApiRule(old));
      const proof = proveMigration([translation], manifestsOf(service()), settings);
      expect([old, translation.apiRule ? untold(translation, proof, tried) : []]).toEqual([old, []]);
    }),
    { numRuns: runs(60) },
  );
});

test('where any rules at all and the old rules disagree about a request, the proof says so', () => {
  fc.assert(
    fc.property(rules, newRules, calls, (old, written, tried) => {
      const translation = rewritten(oldApiRule(old), written);
      const proof = proveMigration([translation], manifestsOf(service()), settings);
      expect([old, written, untold(translation, proof, tried)]).toEqual([old, written, []]);
    }),
    { numRuns: runs(60) },
  );
});

test('every request of a proof is one that both states answer as it says', () => {
  fc.assert(
    fc.property(rules, newRules, (old, written) => {
      const translation = rewritten(oldApiRule(old), written);
      const proof = proveMigration([translation], manifestsOf(service()), settings);
      const wrong = (['opened', 'closed', 'preflight'] as const).flatMap((list) =>
        proof[list].filter(({ methods: listed, path, caller: who }) =>
          listed.some((method) => {
            const { before, after } = asked(translation, { method, path, caller: who });
            const entered = [before.verdict === 'forward', after.verdict === 'forward'];
            return entered[0] !== (list === 'closed') || entered[1] === (list === 'closed');
          }),
        ),
      );
      expect([old, written, wrong]).toEqual([old, written, []]);
      expect(isProven(proof)).toBe(proof.opened.length === 0 && proof.complete);
    }),
    { numRuns: runs(60) },
  );
});

test('the paths of the properties are what old rules can hold', () => {
  expect(
    ['/a(.*)', '/[ab]/c'].every((path) => fullMatch(path) !== undefined && readOld(oldApiRule([oldRule(`GET ${path}`, 'noop')]))),
  ).toBe(true);
});
