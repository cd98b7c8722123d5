import type { JsonObject } from '../../../src/model/json';
import { otherKindResults } from '../../../src/migrate/read/other-kinds';
import { manifestFrom } from '../../support/old-objects';

const object = (apiVersion: string, kind: string, spec: JsonObject = {}): JsonObject => ({
  ...{ apiVersion, kind },
  metadata: { name: 'a', namespace: 'shop' },
  spec,
});
const found = (from: JsonObject): string[] =>
  otherKindResults(manifestFrom(from)).map(({ id, status, where, fix }) => `${id} ${status} ${where.path ?? ''}: ${fix ?? ''}`);

test('a Function of v1alpha1 is told every field that moved', () => {
  const spec = { runtime: 'nodejs14', source: 'x', deps: '{}', minReplicas: 1, maxReplicas: 2, resources: {}, buildResources: {} };
  expect(found(object('serverless.kyma-project.io/v1alpha1', 'Function', spec))).toEqual([
    'migrate-function fail apiVersion: Write apiVersion: serverless.kyma-project.io/v1alpha2, and move the fields named beside this.',
    'migrate-function fail spec.source: Write it as spec.source.inline.source.',
    'migrate-function fail spec.deps: Write it as spec.source.inline.dependencies.',
    'migrate-function fail spec.minReplicas: Write spec.replicas, or let an autoscaler set them.',
    'migrate-function fail spec.maxReplicas: Write spec.replicas, or let an autoscaler set them.',
    'migrate-function fail spec.resources: Write it as spec.resourceConfiguration.function.resources.',
    'migrate-function fail spec.buildResources: Leave it out: nothing is built any more.',
    'migrate-function fail spec.runtime: Write nodejs24, and try the code and its dependencies with it.',
  ]);
});

test('a Function from Git is told where its repository goes', () => {
  const spec = { runtime: 'nodejs22', type: 'git', source: 'my-repository', reference: 'main', baseDir: '/' };
  expect(found(object('serverless.kyma-project.io/v1alpha1', 'Function', spec)).slice(1, 2)).toEqual([
    'migrate-function fail spec.source: Write url and auth of the GitRepository of this name into spec.source.gitRepository.',
  ]);
  expect(found(object('serverless.kyma-project.io/v1alpha1', 'GitRepository'))).toHaveLength(1);
});

test.each([
  ['nodejs12', 'nodejs24'],
  ['nodejs18', 'nodejs24'],
  ['python39', 'python312'],
])('the runtime %s is dead, and %s lives', (runtime, newest) => {
  const spec = { runtime, source: { inline: { source: 'x' } } };
  expect(found(object('serverless.kyma-project.io/v1alpha2', 'Function', spec))).toEqual([
    `migrate-function fail spec.runtime: Write ${newest}, and try the code and its dependencies with it.`,
  ]);
});

test('ServiceInstance and ServiceBinding of v1alpha1 only need another version', () => {
  for (const kind of ['ServiceInstance', 'ServiceBinding']) {
    expect(found(object('services.cloud.sap.com/v1alpha1', kind, { serviceOfferingName: 'xsuaa' }))).toEqual([
      'migrate-service-operator warn apiVersion: Write apiVersion: services.cloud.sap.com/v1.',
    ]);
  }
});

test('objects of the service catalog are told what their fields are called now', () => {
  const instance = { clusterServiceClassExternalName: 'xsuaa', clusterServicePlanExternalName: 'application', parameters: {} };
  expect(found(object('servicecatalog.k8s.io/v1beta1', 'ServiceInstance', instance)).slice(1)).toEqual([
    'migrate-service-catalog fail spec.clusterServiceClassExternalName: Write it as spec.serviceOfferingName.',
    'migrate-service-catalog fail spec.clusterServicePlanExternalName: Write it as spec.servicePlanName.',
  ]);
  expect(found(object('servicecatalog.k8s.io/v1beta1', 'ServiceBinding', { instanceRef: { name: 'a' } })).slice(1)).toEqual([
    'migrate-service-catalog fail spec.instanceRef: Write its name as spec.serviceInstanceName.',
  ]);
  expect(found(object('servicecatalog.kyma-project.io/v1alpha1', 'ServiceBindingUsage'))).toHaveLength(1);
});

test.each<[string, string, JsonObject]>([
  ['serverless.kyma-project.io/v1alpha2', 'Function', { runtime: 'nodejs22' }],
  ['services.cloud.sap.com/v1', 'ServiceInstance', {}],
  ['services.cloud.sap.com/v1', 'ServiceBinding', {}],
  ['example.com/v1alpha1', 'Function', { runtime: 'nodejs12' }],
  ['v1', 'Service', {}],
])('%s %s is as it should be', (apiVersion, kind, spec) => {
  expect(found(object(apiVersion, kind, spec))).toEqual([]);
});

test('a result names the object, the place and what is', () => {
  const [result] = otherKindResults(manifestFrom(object('serverless.kyma-project.io/v1alpha2', 'Function', { runtime: 'nodejs14' })));
  expect(result).toMatchObject({
    message:
      'spec.runtime of Function shop/a is "nodejs14", which Kyma no longer serves; known are nodejs20, nodejs22, nodejs24, python312',
    where: { file: 'old.yaml', object: 'Function shop/a', line: 9 },
  });
});
