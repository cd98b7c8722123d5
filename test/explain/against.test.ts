import type { JsonObject } from '../../src/model/json';
import { readManifests } from '../../src/model/read-manifests';
import { apiRule, policy, rule, service } from '../support/model';
import { ask } from './cluster-dump';
import { explainText } from './explain-text';

function change(before: JsonObject[], after: JsonObject[], failOnOpen = false) {
  const { manifests } = readManifests(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [service(), ...before] }), 'old');
  return ask([service(), ...after], { kind: 'against', before: manifests, failOnOpen });
}

const closed = apiRule([rule('/a', 'GET', {})]);
const open = apiRule([rule('/a', 'GET')]);
const asked = apiRule([{ path: '/a', methods: ['GET'], extAuth: { authorizers: ['login'] } }]);

test.each<[string, JsonObject[], JsonObject[], boolean, string[]]>([
  ['nothing', [open], [open], true, []],
  ['what is opened, as a failure when that was asked for', [closed], [open], true, ['access-opened fail high']],
  ['what is opened, as a warning else', [closed], [open], false, ['access-opened warn high']],
  ['what is closed, for those without a token only once', [open], [closed], true, ['access-closed warn info']],
  [
    'an authorizer that decides from now on where nobody got in',
    [closed],
    [asked],
    true,
    ['access-comparison-open error medium', 'access-altered warn info', 'access-closed warn info'],
  ],
  [
    'an APIRule that is gone, with the policies that kept callers inside out',
    [open],
    [],
    true,
    ['access-opened fail high', 'access-closed warn info'],
  ],
])('a change shows %s', (_, before, after, failOnOpen, expected) => {
  expect(change(before, after, failOnOpen).results.map(({ id, status, severity }) => `${id} ${status} ${severity}`)).toEqual(expected);
});

test('the text shows a witness with both states, then counts', () => {
  expect(explainText(change([closed], [open]))).toBe(`OPENED GET https://orders.example.com/a without a token
  before: is refused with 403 (APIRule shop/orders spec.rules[0])
  after:  reaches shop/orders:8080 (APIRule shop/orders spec.rules[0])
1 opened, 0 altered, 0 closed
`);
});

test('a change that does nothing says so', () => {
  expect(explainText(change([open], [open]))).toBe('no request is treated otherwise than before\n');
});

test('where something cannot be told, no change is no promise', () => {
  const unclear = apiRule([rule('/a(b', 'GET')]);
  const outcome = change([open], [unclear], true);
  expect([outcome.undecided, outcome.results.some(({ id, status }) => id === 'access-comparison-open' && status === 'error')]).toEqual([
    true,
    true,
  ]);
});

const namespace = (injection: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { 'istio-injection': injection } },
});

test('a namespace without sidecars from now on is no promise either', () => {
  const kept = change([closed, namespace('enabled')], [closed, namespace('enabled')], true);
  const lost = change([closed, namespace('enabled')], [closed, namespace('disabled')], true);
  expect([kept.undecided, lost.undecided]).toEqual([false, true]);
  expect(explainText(lost)).toContain('no longer ask for sidecars');
});

test('callers inside the cluster are asked, too', () => {
  const inside = policy({ rules: [{ from: [{ source: { notNamespaces: ['istio-system'] } }] }] });
  const { results } = change([closed], [closed, inside], true);
  expect(results.map(({ id, status, message }) => `${id} ${status} ${message}`)).toEqual([
    'access-opened fail GET http://orders.shop.svc.cluster.local/ from inside the cluster without identity is refused with 403 before, and now reaches shop/orders',
  ]);
});
