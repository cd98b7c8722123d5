import type { Explanation } from '../../src/explain/request/explanation';
import type { RequestQuestion } from '../../src/explain/explain';
import { UsageError } from '../../src/model/errors';
import type { JsonObject } from '../../src/model/json';
import { apiRule, issuer, rule, service } from '../support/model';
import { ask } from './cluster-dump';
import { explainText } from './explain-text';

const scoped = rule('/a', 'GET', { authorizations: [{ requiredScopes: ['read'] }] });
const byHeader: JsonObject = {
  path: '/h',
  methods: ['GET'],
  jwt: { authentications: [{ issuer, jwksUri: `${issuer}/keys`, fromHeaders: [{ name: 'X-Token' }] }] },
};
const extAuth: JsonObject = { path: '/e', methods: ['GET'], extAuth: { authorizers: ['login'] } };
const cors = { corsPolicy: { allowOrigins: [{ exact: 'https://app.example.com' }] } };
const orders = [service(), apiRule([scoped, rule('/public', 'GET,OPTIONS'), extAuth], cors)];
const host = 'https://orders.example.com';

function outcomeOf(
  items: readonly JsonObject[],
  line: string,
  more: Partial<RequestQuestion> = {},
): { decision: Explanation; text: string; undecided: boolean; ids: string[] } {
  const outcome = ask(items, { kind: 'request', line, ...more });
  if (outcome.answer.kind !== 'request') throw new Error('a request was asked about');
  return {
    decision: outcome.answer.decision,
    text: explainText(outcome),
    undecided: outcome.undecided === true,
    ids: outcome.results.map(({ id }) => id),
  };
}

const token = { iss: issuer, sub: 'me' };

test.each<[string, string, Partial<RequestQuestion>, string, number | undefined]>([
  ['a public path', `GET ${host}/public`, {}, 'allow', undefined],
  ['a protected path without a token', `GET ${host}/a`, {}, 'deny', 403],
  ['a token without the scope', `GET ${host}/a`, { claims: token }, 'deny', 403],
  ['a token with the scope', `GET ${host}/a`, { claims: { ...token, scope: 'read write' } }, 'allow', undefined],
  ['a token of a foreign issuer', `GET ${host}/a`, { claims: { ...token, iss: 'https://other.example.com' } }, 'deny', 401],
  ['a token without a subject', `GET ${host}/a`, { claims: { iss: issuer, scope: 'read' } }, 'deny', 403],
  ['a path that nobody exposes', `GET ${host}/b`, {}, 'deny', 404],
  ['a method that nobody exposes', `DELETE ${host}/a`, {}, 'deny', 404],
  ['a host that nobody has', 'GET https://other.example.org/a', {}, 'deny', 404],
  ['a path with dots, as it is sent', `GET ${host}/x/../public`, {}, 'allow', undefined],
  ['a word that is no method', `FROB ${host}/a`, {}, 'deny', 400],
  [
    'a preflight of an allowed origin',
    `OPTIONS ${host}/public`,
    { headers: ['Origin: https://app.example.com', 'Access-Control-Request-Method: GET'] },
    'answer',
    200,
  ],
  ['a caller inside the cluster', 'GET http://orders.shop/public', { caller: '' }, 'deny', 403],
  ['an external authorizer', `GET ${host}/e`, {}, 'unknown', undefined],
])('%s', (_, line, more, verdict, code) => {
  const { decision } = outcomeOf(orders, line, more);
  expect([decision.verdict, decision.status]).toEqual([verdict, code]);
});

test('each step names its rule, and the text says what the author of the rule meant', () => {
  expect(outcomeOf(orders, `GET ${host}/a`).text).toBe(`GET https://orders.example.com/a, without a token
  deny: 403 with body "RBAC: access denied"

  1. route: GET /a takes the route regex ^/a$ to shop/orders:8080 (APIRule shop/orders spec.rules[0])
  2. authenticate: no token where the workload looks for one; the request goes on without identity
  3. authorize: none of the 3 ALLOW policies of the workload admits it

  APIRule shop/orders spec.rules[0] speaks about it with path /a: a token is needed.
`);
});

test('what cannot be told ends with what is missing, and leaves the run undecided', () => {
  const { decision, undecided, ids } = outcomeOf(orders, `GET ${host}/e`);
  expect([decision.missing, undecided, ids]).toEqual([
    'unknown because the external authorizer login is not in the input',
    true,
    ['request-undecided'],
  ]);
});

test('a request that gets in against its rule is a finding', () => {
  const { decision, ids } = outcomeOf(
    [service(), apiRule([scoped]), apiRule([rule('/{**}', 'GET')], { hosts: ['*.example.com'] }, 'wild')],
    `GET ${host}/a`,
  );
  expect([decision.verdict, decision.intent?.isKept, ids]).toEqual(['allow', false, ['request-against-intent']]);
});

test.each<[string, Partial<RequestQuestion>, string]>([
  ['goes where the workload looks for it', {}, 'allow'],
  ['goes where the user puts it', { headers: ['X-Token: $TOKEN'] }, 'allow'],
  ['is no token at another place', { headers: ['Authorization: Bearer $TOKEN'] }, 'deny'],
])('a token %s', (_, more, verdict) => {
  expect(outcomeOf([service(), apiRule([byHeader])], `GET ${host}/h`, { claims: token, ...more }).decision.verdict).toBe(verdict);
});

test('a real token without claims is not judged', () => {
  expect(outcomeOf(orders, `GET ${host}/a`, { headers: ['Authorization: Bearer a.b.c'] }).decision.verdict).toBe('unknown');
});

test.each<[string, string, Partial<RequestQuestion>, RegExp]>([
  ['a line without a method', `${host}/a`, {}, /no method and address/],
  ['a method in small letters', `get ${host}/a`, {}, /method "get"; did you mean GET\?/],
  ['an address without a scheme', 'GET orders.example.com/a', {}, /no http address/],
  ['an address with a user', 'GET https://me@orders.example.com/a', {}, /no http address/],
  ['a header without a name', `GET ${host}/a`, { headers: ['nonsense'] }, /--header is "nonsense"/],
  ['claims without iss', `GET ${host}/a`, { claims: { sub: 'me' } }, /hold no iss/],
  ['a place for a token that is not there', `GET ${host}/a`, { headers: ['X: $TOKEN'] }, /no claims are given/],
])('%s is refused', (_, line, more, message) => {
  expect(() => outcomeOf(orders, line, more)).toThrow(
    expect.objectContaining({ message: expect.stringMatching(message), constructor: UsageError }),
  );
});

test.each<[string, string, Partial<RequestQuestion>, RegExp]>([
  [
    'a token without a subject',
    `GET ${host}/a`,
    { claims: { iss: issuer, scope: 'read' } },
    /the token has no sub: policies know the caller as iss\/sub/,
  ],
  ['a character that no operator takes', `GET ${host}/x/[`, {}, /admit only letters, digits .* not \[/],
])('the trace says what %s does', (_, line, more, text) => {
  const { decision, text: shown } = outcomeOf([service(), apiRule([scoped, rule('/x/{**}', 'GET'), rule('/*', 'GET')])], line, more);
  expect([decision.status, shown]).toEqual([403, expect.stringMatching(text)]);
});

test('a token that fails for its scope is not blamed for its subject', () => {
  expect(outcomeOf(orders, `GET ${host}/a`, { claims: token }).text).not.toContain('no sub');
});
