import { ApiObject, JsonPatch, Testing } from 'cdk8s';
import { decide } from '../../src/model/decide';
import { translate } from '../../src/model/translate';
import {
  ClosedBaseline,
  JwtApiRule,
  MeshNamespace,
  ProtectedFunction,
  XsuaaIssuer,
  type ExposeProps,
  type ProtectedFunctionProps,
} from '../../src/index';
import type { JsonObject } from '../../src/model/json';
import { objectAt } from '../../src/model/json-fields';
import { clusterFromChart } from '../support/manifest-text';
import { functionProps, keycloak, protectedRule, xsuaaProps, xsuaaUrl } from '../support/scenario';
import { refusal, synthesize, synthesizeKind } from '../support/synthesize';

const exposed = (changes: Partial<ExposeProps> = {}): ExposeProps => ({ host: 'location', rules: [protectedRule()], ...changes });
const build = (changes: Partial<ProtectedFunctionProps>) => (chart: ApiObject['chart']) =>
  new ProtectedFunction(chart, 'fn', functionProps(changes));
const names = (expose: readonly ExposeProps[]) =>
  synthesize(build({ expose }))
    .filter(({ kind }) => kind === 'APIRule')
    .map((body) => objectAt(body, 'metadata')['name']);

test('a Function is in the mesh, closed, and has its code and credentials', () => {
  const [fn, baseline] = synthesize(
    build({ bindings: [{ secretName: 'geo-xsuaa-1a2b3c4d', bindingName: 'geo-xsuaa' }], profile: 'S', env: { LANG: 'C' } }),
  );
  expect(fn?.['spec']).toEqual({
    runtime: 'nodejs22',
    source: { inline: { source: 'module.exports = { main: function (event) { return "ok"; } };' } },
    labels: { 'sidecar.istio.io/inject': 'true' },
    resourceConfiguration: { function: { profile: 'S' } },
    env: [
      { name: 'LANG', value: 'C' },
      { name: 'SERVICE_BINDING_ROOT', value: '/bindings' },
    ],
    secretMounts: [{ secretName: 'geo-xsuaa-1a2b3c4d', mountPath: '/bindings/geo-xsuaa' }],
  });
  const selector = { matchLabels: { 'serverless.kyma-project.io/function-name': 'location' } };
  expect(baseline).toMatchObject({
    kind: 'AuthorizationPolicy',
    metadata: { name: 'location-closed' },
    spec: { action: 'ALLOW', selector },
  });
  expect(objectAt(baseline ?? {}, 'spec')).not.toHaveProperty('rules');
});

/** A call without token in the moment after the controller made the route and before it made the policies. */
function callBetweenRouteAndPolicies(baseline: 'closed' | 'none') {
  const cluster = clusterFromChart(build({ expose: [exposed()], baseline }));
  const { virtualServices } = translate(cluster);
  const request = { host: 'location.example.com', method: 'GET', target: '/here_location', headers: {} };
  return decide({ ...cluster.istio, virtualServices }, request, new Map());
}

test('a workload would stand open until its policies exist, and the baseline closes it', () => {
  expect(callBetweenRouteAndPolicies('none').verdict).toBe('forward');
  expect(callBetweenRouteAndPolicies('closed')).toMatchObject({ verdict: 'deny', status: 403 });
});

test('the baseline does not stand in the way of a rule', () => {
  const cluster = clusterFromChart(build({ expose: [exposed({ rules: [protectedRule({ access: 'public' })] })] }));
  const request = { host: 'location.example.com', method: 'GET', target: '/here_location', headers: {} };
  expect(decide(translate(cluster), request, new Map()).verdict).toBe('forward');
});

test('a Function may have several hosts, and names do not depend on the order', () => {
  const partner = exposed({ host: 'partners.example.com' });
  expect(names([exposed(), partner])).toEqual(['location', 'location-partners-example-com']);
  expect(names([partner, exposed()]).sort()).toEqual(['location', 'location-partners-example-com']);
  expect(names([exposed({ host: '*.example.com' }), exposed({ name: 'mine' })])).toEqual(['location-any-example-com', 'mine']);
});

test('a long host gives a name that still can be a label', () => {
  const [name] = names([exposed({ host: `${'a'.repeat(60)}.example.com` })]);
  expect(name).toMatch(/^location-a{45}-[0-9a-f]{8}$/);
});

test.each([
  ['one host twice', [exposed(), exposed({ name: 'other' })], 'exposed twice on host location'],
  ['one name twice', [exposed(), exposed({ host: 'b', name: 'location' })], 'would be called location'],
])('%s is a mistake of the caller', (_, expose, message) => {
  expect(() => synthesize(build({ expose }))).toThrow(message);
});

test('what is wrong with one of its API rules is reported with the rule', () => {
  expect(refusal(build({ expose: [exposed({ host: 'Location' })] }))).toContain('APIRule location-Location: ');
});

test('bindings are where code looks for them', () => {
  const bindings = [{ secretName: 'a', bindingName: 'a' }];
  expect(() => synthesize(build({ bindings, env: { SERVICE_BINDING_ROOT: '/etc' } }))).toThrow('must be /bindings');
  expect(synthesizeKind('Function', build({ env: { SERVICE_BINDING_ROOT: '/etc' } }))).toMatchObject({
    spec: { env: [{ value: '/etc' }] },
  });
});

test('values may come from elsewhere', () => {
  const env = { A: { secretName: 's', key: 'k' }, B: { configMapName: 'c', key: 'k' } };
  const secret = { name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } };
  expect(synthesizeKind('Function', build({ env }))).toMatchObject({
    spec: { env: [secret, { valueFrom: { configMapKeyRef: { name: 'c' } } }] },
  });
});

test('code may come from a repository', () => {
  const git = { url: 'git@example.com:geo.git', reference: 'v1', baseDir: 'fn', auth: { type: 'key', secretName: 'deploy-key' } } as const;
  expect(synthesizeKind('Function', build({ source: { git } }))).toMatchObject({ spec: { source: { gitRepository: git } } });
});

test('Argo CD applies namespace, instance, binding, workload and API rule in this order', () => {
  const bodies = synthesize((chart) => {
    const issuer = new XsuaaIssuer(chart, 'xsuaa', xsuaaProps({ url: xsuaaUrl }));
    new ProtectedFunction(chart, 'fn', functionProps({ bindings: [issuer], expose: [exposed({ issuers: [issuer] })] }));
    new MeshNamespace(chart, 'ns', { name: 'geo' });
  });
  const wave = (body: JsonObject) => Number(objectAt(objectAt(body, 'metadata'), 'annotations')['argocd.argoproj.io/sync-wave']);
  const order = bodies.sort((a, b) => wave(a) - wave(b)).map((body) => body['kind']);
  expect(order).toEqual(['Namespace', 'ServiceInstance', 'ServiceBinding', 'Function', 'AuthorizationPolicy', 'APIRule']);
});

test('a namespace puts its Pods into the mesh, and nobody takes them out by a label', () => {
  const labels = { team: 'geo', 'istio-injection': 'disabled' };
  const body = synthesizeKind('Namespace', (chart) => new MeshNamespace(chart, 'ns', { name: 'geo', labels }));
  expect(objectAt(body, 'metadata')).toMatchObject({ name: 'geo', labels: { team: 'geo', 'istio-injection': 'enabled' } });
  expect(refusal((chart) => new MeshNamespace(chart, 'ns', { name: 'Geo' }))).toContain('"Geo" is no namespace name');
});

test('a baseline has a name that the API server takes', () => {
  const metadata = { name: 'All_closed', namespace: 'Geo' };
  const message = refusal((chart) => new ClosedBaseline(chart, 'b', { metadata, selector: { app: 'a' } }));
  expect(message).toContain('"All_closed" is no name of an AuthorizationPolicy');
  expect(message).toContain('"Geo" is no namespace name');
});

test('a baseline never closes a whole namespace by accident', () => {
  const props = { metadata: { name: 'all', namespace: 'geo' }, selector: {} };
  expect(() => new ClosedBaseline(Testing.chart(), 'b', props)).toThrow('would close every workload');
});

test('defaultChild', () => {
  const chart = Testing.chart();
  const metadata = { name: 'a', namespace: 'geo' };
  const children = [
    new ProtectedFunction(chart, 'fn', functionProps()),
    new XsuaaIssuer(chart, 'xsuaa', xsuaaProps()),
    new JwtApiRule(chart, 'rule', {
      metadata,
      host: 'a',
      service: { name: 'a', port: 80 },
      rules: [protectedRule()],
      issuers: [keycloak],
      baseline: 'none',
    }),
    new ClosedBaseline(chart, 'baseline', { metadata, selector: { app: 'a' } }),
    new MeshNamespace(chart, 'ns', { name: 'geo' }),
  ];
  expect(children.map((child) => ApiObject.of(child).kind)).toEqual([
    'Function',
    'ServiceInstance',
    'APIRule',
    'AuthorizationPolicy',
    'Namespace',
  ]);
});

test('a patch through the escape hatch is checked, too', () => {
  const patched = refusal((chart) => {
    const fn = new ProtectedFunction(chart, 'fn', functionProps());
    ApiObject.of(fn).addJsonPatch(JsonPatch.replace('/spec/runtime', 'nodejs18'));
  });
  expect(patched).toContain('"nodejs18" is not served');
});
