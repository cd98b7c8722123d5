import { clusterOf } from '../../src/model/cluster';
import type { JsonObject } from '../../src/model/json';
import { readManifests } from '../../src/model/read-manifests';
import { apiRule, clusterFrom, policy, rule, service } from '../support/model';

const problems = (objects: JsonObject[], domain?: string): [string, string][] => {
  const { manifests } = readManifests(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }), 'in.yaml');
  return clusterOf(manifests, domain === undefined ? {} : { domain }).problems.map(({ id, message }) => [id, message]);
};
const fn = { apiVersion: 'serverless.kyma-project.io/v1alpha2', kind: 'Function', metadata: { name: 'orders', namespace: 'shop' } };

test('a usable input has no problems', () => {
  expect(problems([apiRule([rule('/a', 'GET')]), service(), policy({})])).toEqual([]);
});

test.each([
  ['the same host', 'orders.example.com', 'orders.example.com', undefined, 1],
  ['a short and a full form of one host', 'orders', 'orders.example.com', 'example.com', 1],
  ['a short host of a domain nobody knows', 'orders', 'orders.example.com', undefined, 0],
  ['a wildcard beside a host below it', '*.example.com', 'orders.example.com', undefined, 0],
])('two APIRules with %s', (_name, one, other, domain, count) => {
  const rules = [apiRule([rule('/a', 'GET')], { hosts: [one] }), apiRule([rule('/a', 'GET')], { hosts: [other] }, 'second')];
  expect(problems(rules, domain).map(([id]) => id)).toEqual(Array(count).fill('host-taken'));
});

test('any object that is there twice is a failure', () => {
  expect(problems([service(), service()]).map(([id]) => id)).toEqual(['manifest-duplicate']);
});

test('the same name in another kind, group or namespace is another object', () => {
  const elsewhere = { ...service(), metadata: { name: 'orders', namespace: 'other' } };
  const knative = { ...service(), apiVersion: 'serving.knative.dev/v1' };
  expect(problems([service(), elsewhere, knative, fn])).toEqual([]);
});

test('a path that makes no valid expression is a failure', () => {
  expect(problems([apiRule([rule('/a(b', 'GET')])])).toEqual([['path-not-routable', expect.stringContaining('"/a(b"')]]);
});

test.each([
  ['targetRefs', policy({ targetRefs: [{ kind: 'Gateway', name: 'x' }] })],
  ['an unknown action', policy({ action: 'MAYBE' })],
  ['audiences', { ...policy({ jwtRules: [{ issuer: 'https://a', audiences: ['b'] }] }), kind: 'RequestAuthentication' }],
])('%s of an Istio object is said not to be understood', (_name, object) => {
  expect(problems([object]).map(([id]) => id)).toEqual(['istio-object-form']);
});

test('a Service that is written wins over the one that a Function implies', () => {
  expect(clusterFrom(fn, service()).services.map(({ name, ports }) => [name, ports])).toEqual([['orders', [8080]]]);
});

test('a Function implies a Service at port 80', () => {
  expect(clusterFrom(fn).services[0]).toMatchObject({ namespace: 'shop', name: 'orders', ports: [80] });
});

test('labels of several Deployments behind one Service are not taken for certain', () => {
  const deployment = (name: string): JsonObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: { template: { metadata: { labels: { app: 'orders', name } } } },
  });
  expect(clusterFrom(service(), deployment('a'), deployment('b')).services[0]?.podLabels).toEqual({ app: 'orders' });
});
