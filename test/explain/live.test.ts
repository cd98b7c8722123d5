import { readFileSync } from 'node:fs';
import { explainReference } from '../../src/explain/explain';
import { explainText } from './explain-text';
import type { JsonObject } from '../../src/model/json';
import { objectAt, objectsAt } from '../../src/model/json-fields';
import { apiRule, policy, rule, service } from '../support/model';
import {
  accessRows,
  ask,
  findings,
  live,
  managed,
  pod,
  protectedRule,
  publicRule,
  realObjects,
  soundCluster,
  status,
} from './cluster-dump';

function withTimeout(virtualService: JsonObject, timeout: string): JsonObject {
  const spec = objectAt(virtualService, 'spec');
  return { ...virtualService, spec: { ...spec, http: objectsAt(spec, 'http').map(([route]) => ({ ...route, timeout })) } };
}

test('a sound cluster has no findings, and its real objects decide', () => {
  const outcome = ask(soundCluster());
  expect([findings(outcome), accessRows(outcome), outcome.undecided]).toEqual([[], ['/a jwt'], false]);
});

test('an APIRule in state Error leaves the old objects in force, and both are said', () => {
  const error = "Validation errors: Attribute '.spec.rules[0].path': Only one {**} operator is allowed in the path.";
  const outcome = ask([
    live(protectedRule, status('Error', error)),
    live(service()),
    pod(['istio-proxy']),
    ...realObjects(service(), publicRule),
  ]);
  expect(accessRows(outcome)).toEqual(['/a public']);
  expect(findings(outcome)).toEqual([
    `api-rule-error APIRule shop/orders: state Error: ${error}`,
    expect.stringMatching(
      /^istio-object-differs AuthorizationPolicy shop\/orders-x1: is not what APIRule shop\/orders would become now: spec\.rules\[0\]\.from/,
    ),
    expect.stringMatching(/^istio-object-differs APIRule shop\/orders: lacks the RequestAuthentication/),
  ]);
});

test('state Warning is told as well, less loudly', () => {
  const [first, ...others] = soundCluster();
  expect(first).toBeDefined();
  const outcome = ask([live(protectedRule, status('Warning', 'CRD x is not present')), ...others]);
  expect(outcome.results.map(({ id, severity }) => [id, severity])).toEqual([['api-rule-error', 'medium']]);
});

test('an APIRule of v1beta1 without rules is a finding and no problem of its form', () => {
  const old = live({ ...protectedRule, spec: {} }, status('Error', 'no longer supported'), {
    annotations: { 'gateway.kyma-project.io/original-version': 'v1beta1' },
  });
  const outcome = ask([old, live(service()), pod(['istio-proxy']), ...realObjects(service(), publicRule)]);
  expect(outcome.results.map(({ id }) => id)).toEqual(['api-rule-error', 'api-rule-v1beta1']);
  expect(accessRows(outcome)).toEqual(['/a public']);
});

test('rules that a v1beta1 APIRule shows through v2 are not taken for enforced', () => {
  const old = live(protectedRule, status('Error'), { annotations: { 'gateway.kyma-project.io/original-version': 'v1beta1' } });
  const other = apiRule([rule('/b', 'GET')], { hosts: ['other.example.com'] }, 'other');
  const outcome = ask([old, live(service()), ...realObjects(service(), other)]);
  expect(explainText(outcome)).toContain('orders.example.com\n  note: no VirtualService has this host, so every request is answered 404');
});

test('an APIRule that has no objects in the cluster is not predicted', () => {
  const other = apiRule([rule('/b', 'GET')], { hosts: ['other.example.com'] }, 'other');
  const outcome = ask([
    live(protectedRule, status('Ready')),
    live(service()),
    live(other, status('Ready')),
    ...realObjects(service(), other),
  ]);
  expect(findings(outcome)).toContain(
    'api-rule-without-objects APIRule shop/orders: has no VirtualService and no AuthorizationPolicy in the cluster',
  );
  expect(explainText(outcome)).toContain('no VirtualService has this host');
});

test('policies that were deleted by hand leave the workload open, whatever the APIRule says', () => {
  const other = apiRule([rule('/b', 'GET')], { hosts: ['other.example.com'], service: { name: 'other', port: 80 } }, 'other');
  const items = [
    ...soundCluster().filter(({ kind }) => kind !== 'AuthorizationPolicy'),
    live(service('other')),
    ...realObjects(service('other'), other),
  ];
  expect(ask(items).answer).toMatchObject({
    matrix: {
      hosts: [{ host: 'orders.example.com', rows: [{ access: 'public', decidedBy: [expect.stringContaining('no ALLOW policy')] }] }, {}],
    },
  });
});

test('a field that somebody changed by hand is named with what it would be, by whom and when', () => {
  const edits = [managed('manager', '2026-01-01T00:00:00Z'), managed('kubectl-edit', '2026-02-01T00:00:00Z')];
  const items = soundCluster().map((object) =>
    object['kind'] === 'VirtualService' ? live(withTimeout(object, '5s'), {}, { managedFields: edits }) : object,
  );
  const [result] = ask(items).results;
  expect(result).toMatchObject({
    id: 'istio-object-differs',
    message: 'is not what APIRule shop/orders would become now: spec.http[0].timeout: is "5s", would be "180s"',
    reason: 'APIRule in state Ready, last reconciled 2026-01-02T03:04:05Z; object last changed by kubectl-edit at 2026-02-01T00:00:00Z',
  });
});

test('a change after the last reconcile is told with its manager', () => {
  const [first, ...others] = soundCluster();
  const changed = live(
    first ?? {},
    {},
    { managedFields: [managed('argocd', '2026-01-03T00:00:00Z'), managed('manager', '2026-01-04T00:00:00Z', 'f:status')] },
  );
  const outcome = ask([changed, ...others]);
  expect(findings(outcome)).toEqual([
    'api-rule-not-reconciled APIRule shop/orders: was changed by argocd at 2026-01-03T00:00:00Z, last reconciled at 2026-01-02T03:04:05Z',
  ]);
  expect(explainText(outcome)).toContain('shop/orders  Ready  2026-01-02T03:04:05Z  manager 2026-01-04T00:00:00Z');
});

const allow = { rules: [{ to: [{ operation: { paths: ['/a'] } }] }] };

test.each<[string, JsonObject, string[]]>([
  [
    'a policy that admits',
    policy({ action: 'ALLOW', ...allow }),
    ['foreign-authorization-policy medium was not made of an APIRule and admits callers at shop/orders'],
  ],
  [
    'a policy that refuses',
    policy({ action: 'DENY', ...allow }),
    ['foreign-authorization-policy low was not made of an APIRule and refuses callers at shop/orders'],
  ],
  ['a policy that only closes', policy({ action: 'ALLOW' }), []],
  ['a policy for other Pods', policy({ action: 'ALLOW', selector: { matchLabels: { app: 'billing' } }, ...allow }), []],
  ['a policy for a label that no Pod of the workload has', policy({ selector: { matchLabels: { tier: 'back' } }, ...allow }), []],
  [
    'tokens of one more issuer',
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'RequestAuthentication',
      metadata: { name: 'manual', namespace: 'shop' },
      spec: { jwtRules: [{ issuer: 'https://other.example.com' }] },
    },
    ['foreign-request-authentication medium was not made of an APIRule and accepts tokens of https://other.example.com at shop/orders'],
  ],
  [
    'another VirtualService of the host',
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'manual', namespace: 'shop' },
      spec: { hosts: ['orders.example.com'], gateways: ['kyma-system/kyma-gateway'], http: [] },
    },
    ['foreign-virtual-service high has host orders.example.com, which belongs to APIRule shop/orders'],
  ],
])('%s is told when it was made by hand', (_, object, expected) => {
  expect(ask(soundCluster(live(object))).results.map(({ id, severity, message }) => `${id} ${severity} ${message}`)).toEqual(expected);
});

test('whether a policy by hand applies is unknown when no Pod is in the input', () => {
  const items = soundCluster(live(policy({ selector: { matchLabels: { tier: 'back' } }, ...allow }))).filter(({ kind }) => kind !== 'Pod');
  expect(ask(items).results).toMatchObject([{ id: 'foreign-authorization-policy', status: 'error', severity: 'low' }]);
});

test('objects of an APIRule that is gone are orphans', () => {
  const gone = apiRule([rule('/b', 'GET')], { hosts: ['gone.example.com'] }, 'gone');
  const outcome = ask(soundCluster(...realObjects(service(), gone)));
  expect(findings(outcome)).toEqual([
    'orphaned-istio-object VirtualService shop/gone-x0: is labelled as made of APIRule shop/gone, which is not in the input',
    'orphaned-istio-object AuthorizationPolicy shop/gone-x1: is labelled as made of APIRule shop/gone, which is not in the input',
  ]);
});

test.each<[string, JsonObject, string[]]>([
  ['the proxy among the containers', pod(['main', 'istio-proxy']), []],
  ['a native sidecar', pod(['main'], { initContainers: [{ name: 'istio-proxy' }] }), []],
  ['no sidecar', pod(['main']), ['pod-without-sidecar Pod shop/orders-1: belongs to Service shop/orders and has no container istio-proxy']],
  ['a Pod that is done', { ...pod(['main']), status: { phase: 'Succeeded' } }, []],
])('a Pod with %s', (_, object, expected) => {
  expect(findings(ask([...soundCluster().filter(({ kind }) => kind !== 'Pod'), object]))).toEqual(expected);
});

test.each<[string, string, RegExp]>([
  ['Pods', 'Pod', /unknown whether the workloads have a sidecar/],
  ['Services', 'Service', /unknown which Pods the rules mean/],
  ['policies', 'AuthorizationPolicy', /unknown what is in force: no AuthorizationPolicy/],
])('without %s it is said what is unknown', (_, kind, note) => {
  expect(explainText(ask(soundCluster().filter((object) => object['kind'] !== kind)))).toMatch(note);
});

test('a host whose Pods have no sidecar says that nothing is enforced there', () => {
  const items = [...soundCluster().filter(({ kind }) => kind !== 'Pod'), pod(['main'])];
  expect(explainText(ask(items))).toContain('note: nothing is enforced at Pods of shop/orders that have no sidecar');
});

test('without a threshold nothing fails, with one what is as bad does', () => {
  const items = [...soundCluster().filter(({ kind }) => kind !== 'Pod'), pod(['main'])];
  const statuses = ([undefined, 'high', 'critical'] as const).map(
    (failOn) => ask(items, undefined, failOn ? { failOn } : {}).results[0]?.status,
  );
  expect(statuses).toEqual(['warn', 'fail', 'warn']);
});

test('every finding has its place on the page', () => {
  const page = readFileSync('docs/explain.md', 'utf8');
  expect(explainReference().filter(({ id }) => !page.includes(`<a id="${id}"></a>`))).toEqual([]);
});
