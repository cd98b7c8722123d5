import type { Rule } from '../../../src/validate/rule';
import { exampleFunction, documents } from '../../../src/validate/rules/security/example-workload';
import { exampleBinding } from '../../../src/validate/rules/set/example-bindings';
import { configMapUnknown } from '../../../src/validate/rules/set/config-map-unknown';
import { exampleConfigMap } from '../../../src/validate/rules/set/example-config-maps';
import { manifestDuplicate } from '../../../src/validate/rules/set/manifest-duplicate';
import { secretUnknown } from '../../../src/validate/rules/set/secret-unknown';
import { findingsOf, rawFindings, severitiesOf } from '../../support/rule-findings';

/** Everything that makes Pods, each with the spec of its Pods. */
const makers: readonly (readonly [kind: string, of: (podSpec: string, metadata?: string) => string])[] = [
  ['Pod', (spec, more = '') => `apiVersion: v1\nkind: Pod\nmetadata: { name: orders, namespace: shop${more} }\nspec: ${spec}\n`],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind) => [kind, template('apps/v1', kind)] as const),
  ['Job', template('batch/v1', 'Job')],
  [
    'CronJob',
    (spec, more = '') =>
      `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: orders, namespace: shop${more} }\nspec: { jobTemplate: { spec: { template: { spec: ${spec} } } } }\n`,
  ],
];

function template(apiVersion: string, kind: string) {
  return (spec: string, more = ''): string =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: orders, namespace: shop${more} }\nspec: { template: { spec: ${spec} } }\n`;
}

const podOf = (spec: string, metadata = ''): string => template('apps/v1', 'Deployment')(spec, metadata);
const mounting = (name: string): string => `{ volumes: [{ name: a, configMap: { name: ${name} } }] }`;
const other = exampleConfigMap('unlike');

/** Every way in which a Pod names a ConfigMap without which it does not start. */
const ways: readonly (readonly [way: string, spec: (name: string) => string, path: string])[] = [
  ['a volume', mounting, 'volumes.0.configMap.name'],
  [
    'a projected volume',
    (name) => `{ volumes: [{ name: a, projected: { sources: [{ configMap: { name: ${name} } }] } }] }`,
    'volumes.0.projected.sources.0.configMap.name',
  ],
  [
    'a variable',
    (name) => `{ containers: [{ env: [{ name: A, valueFrom: { configMapKeyRef: { name: ${name}, key: a } } }] }] }`,
    'containers.0.env.0.valueFrom.configMapKeyRef.name',
  ],
  [
    'all variables',
    (name) => `{ containers: [{ envFrom: [{ configMapRef: { name: ${name} } }] }] }`,
    'containers.0.envFrom.0.configMapRef.name',
  ],
  [
    'a variable of a container that runs before',
    (name) => `{ initContainers: [{ envFrom: [{ configMapRef: { name: ${name} } }] }] }`,
    'initContainers.0.envFrom.0.configMapRef.name',
  ],
];

test.each(makers)('a %s that names a ConfigMap which the input does not hold beside others is told of it', (_, of) => {
  expect(severitiesOf(configMapUnknown, documents(of(mounting('prices')), other))).toBe('info');
  expect(severitiesOf(configMapUnknown, documents(of(mounting('prices')), other, exampleConfigMap('prices')))).toBe('silent');
});

test.each(ways)('%s needs its ConfigMap', (_, spec, path) => {
  expect(findingsOf(configMapUnknown, documents(podOf(spec('prices')), other))).toEqual([
    `info spec.template.spec.${path}: ConfigMap shop/prices is not in the input`,
  ]);
  expect(
    findingsOf(configMapUnknown, documents(podOf(spec('prices').replace('name: prices', 'optional: true, name: prices')), other)),
  ).toEqual([]);
});

const variable = 'env: [{ name: A, valueFrom: { configMapKeyRef: { name: prices, key: a } } }]';
const controlled = ', ownerReferences: [{ kind: Other, name: a, controller: true }]';

const rows: readonly (readonly [rule: Rule, what: string, said: string, yaml: string])[] = [
  [configMapUnknown, 'no ConfigMap in the input at all', 'silent', podOf(mounting('prices'))],
  [configMapUnknown, 'ConfigMaps of another namespace only', 'silent', documents(podOf(mounting('prices')), exampleConfigMap('a', 'geo'))],
  [configMapUnknown, 'one of that name elsewhere', 'info', documents(podOf(mounting('prices')), other, exampleConfigMap('prices', 'geo'))],
  [configMapUnknown, 'a similar name that nothing uses', 'low', documents(podOf(mounting('prices')), exampleConfigMap('price'))],
  [
    configMapUnknown,
    'a similar name that another Pod uses',
    'info',
    documents(podOf(mounting('prices')), exampleConfigMap('price'), makers[0]![1](mounting('price'))),
  ],
  [configMapUnknown, 'a variable of a Function', 'info', documents(exampleFunction(variable), other)],
  [configMapUnknown, 'what every namespace holds', 'silent', documents(podOf(mounting('kube-root-ca.crt')), other)],
  [configMapUnknown, 'Pods that a controller made of something else', 'silent', documents(podOf(mounting('prices'), controlled), other)],
  [secretUnknown, 'a Pod whose Secret is made elsewhere', 'silent', podOf('{ volumes: [{ name: a, secret: { secretName: tls } }] }')],
  [
    secretUnknown,
    'a Pod whose Secret is made elsewhere beside a binding',
    'silent',
    documents(exampleBinding('geo'), podOf('{ volumes: [{ name: a, secret: { secretName: tls } }] }')),
  ],
  [
    secretUnknown,
    'a Pod with nearly the name of a binding that nothing uses',
    'low',
    documents(exampleBinding('orders-xsuaa'), podOf('{ volumes: [{ name: a, secret: { secretName: order-xsuaa } }] }')),
  ],
  [
    secretUnknown,
    'a Pod with the Secret of a binding',
    'silent',
    documents(exampleBinding('geo'), podOf('{ containers: [{ envFrom: [{ secretRef: { name: geo } }] }] }')),
  ],
];

test.each(rows.map(([rule, what, said, yaml]) => [rule.id, what, said, rule, yaml] as const))(
  '%s for %s: %s',
  (_, __, said, rule, yaml) => {
    expect(severitiesOf(rule, yaml)).toBe(said);
  },
);

test('a name that is needed in several places is told once', () => {
  const spec = '{ containers: [{ envFrom: [{ configMapRef: { name: a } }, { configMapRef: { name: a } }] }] }';
  expect(rawFindings(configMapUnknown, documents(podOf(spec), other))).toHaveLength(1);
});

test('a ConfigMap that another repository holds is there', () => {
  expect(rawFindings(configMapUnknown, documents(podOf(mounting('prices')), other), exampleConfigMap('prices'))).toEqual([]);
});

test('two Jobs whose names the cluster makes are not the same object', () => {
  const job = 'apiVersion: batch/v1\nkind: Job\nmetadata: { generateName: load-, namespace: shop }\nspec: {}\n';
  expect(rawFindings(manifestDuplicate, documents(job, job))).toEqual([]);
});
