import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFunction } from '../../../src/validate/rules/controller/example-function';
import { controllerLines } from '../../support/controller-lines';

const withMembers = (...members: string[]) => exampleFunction({ members });
const withEnv = (...names: string[]) => withMembers(`env: [${names.map((name) => `{ name: "${name}", value: x }`).join(', ')}]`);
const withLabels = (key: string, value: string) => withMembers(`labels: { "${key}": "${value}" }`);
const withAnnotations = (key: string, value = 'x') => withMembers(`annotations: { "${key}": "${value}" }`);
const withResources = (requests: string, limits = '{}') =>
  withMembers(`resourceConfiguration: { function: { resources: { requests: ${requests}, limits: ${limits} } } }`);

/** What is given, the manifest, and all that is said of it. */
type Row = readonly [string, string, readonly string[]];

const names: readonly Row[] = [
  ['a name that begins with a letter', exampleFunction({ name: 'orders-1' }), []],
  ['a name that begins with a digit', exampleFunction({ name: '1-orders' }), ['high function-name metadata.name']],
  ['a name with a dot', exampleFunction({ name: 'orders.eu' }), ['high function-name metadata.name']],
  ['a name of 63 characters', exampleFunction({ name: 'x'.repeat(63) }), []],
  ['a name of 64 characters', exampleFunction({ name: 'x'.repeat(64) }), ['high function-name metadata.name']],
];

const environment: readonly Row[] = [
  ['an ordinary variable', withEnv('ORDERS_URL'), []],
  ['a variable with a dash and a dot', withEnv('API-KEY.v1'), []],
  ['a variable that begins with a digit', withEnv('9LIVES'), ['high function-env spec.env[0].name']],
  ['a variable of one dot', withEnv('.'), ['high function-env spec.env[0].name']],
  ['a variable of two dots and more', withEnv('..x'), ['high function-env spec.env[0].name']],
  ...[
    'FUNC_RUNTIME',
    'FUNC_HANDLER',
    'FUNC_PORT',
    'FUNC_HANDLER_SOURCE',
    'FUNC_HANDLER_DEPENDENCIES',
    'MOD_NAME',
    'NODE_PATH',
    'PYTHONPATH',
  ].map((name): Row => [`the reserved variable ${name}`, withEnv(name), ['high function-env spec.env[0].name']]),
  ['a variable that the runtime overwrites', withEnv('HANDLER_PATH'), ['medium function-env spec.env[0].name']],
  ['another that the runtime overwrites', withEnv('FUNCTION_PATH'), ['medium function-env spec.env[0].name']],
  ['a variable given twice', withEnv('A', 'A'), ['medium function-env spec.env[1].name']],
  ...['SERVICE_NAMESPACE', 'FUNC_NAME', 'TRACE_COLLECTOR_ENDPOINT', 'PUBLISHER_PROXY_ADDRESS'].map((name): Row => [
    `the platform variable ${name}`,
    withEnv(name),
    ['low function-env-platform spec.env[0].name'],
  ]),
  ['a variable that the runtime reads', withEnv('FUNC_TIMEOUT'), []],
  ['a value of a Secret', withMembers('env: [{ name: A, valueFrom: { secretKeyRef: { name: s, key: k } } }]'), []],
  ['a value of nowhere', withMembers('env: [{ name: A, valueFrom: {} }]'), ['high function-env spec.env[0].valueFrom']],
  [
    'a value of two places',
    withMembers('env: [{ name: A, value: x, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]'),
    ['high function-env spec.env[0].valueFrom'],
  ],
];

const metadata: readonly Row[] = [
  ['a label with a prefix', withLabels('example.com/team', 'shop'), []],
  ['an empty label', withLabels('team', ''), []],
  [
    'a label of the platform',
    withLabels('serverless.kyma-project.io/x', 'y'),
    ['high function-label spec.labels.serverless.kyma-project.io/x'],
  ],
  ['a label key of 63 characters', withLabels('k'.repeat(63), 'x'), []],
  [
    'a label key of 64 characters with its prefix',
    withLabels(`a.b/${'k'.repeat(60)}`, 'x'),
    [`high function-label spec.labels.a.b/${'k'.repeat(60)}`],
  ],
  ['a label key with two slashes', withLabels('a/b/c', 'x'), ['high function-label spec.labels.a/b/c']],
  ['a label key with a space', withLabels('a b', 'x'), ['high function-label spec.labels.a b']],
  ['a label value of 63 characters', withLabels('team', 'v'.repeat(63)), []],
  ['a label value of 64 characters', withLabels('team', 'v'.repeat(64)), ['high function-label spec.labels.team']],
  ['an annotation of anything', withAnnotations('example.com/note', 'a b c'), []],
  [
    'an annotation of the platform',
    withAnnotations('serverless.kyma-project.io/x'),
    ['high function-annotation spec.annotations.serverless.kyma-project.io/x'],
  ],
  [
    'the configuration of the sidecar',
    withAnnotations('proxy.istio.io/config'),
    ['high function-annotation spec.annotations.proxy.istio.io/config'],
  ],
  ['an annotation key with a space', withAnnotations('a b'), ['high function-annotation spec.annotations.a b']],
  [
    'annotations of more bytes than an object takes',
    withAnnotations('note', 'x'.repeat(262_144)),
    ['high function-annotation spec.annotations'],
  ],
  [
    'an annotation that the controller sets',
    withAnnotations('sidecar.istio.io/nativeSidecar', 'false'),
    ['info function-ignored-field spec.annotations.sidecar.istio.io/nativeSidecar'],
  ],
  ['the mesh label on the Pods', withLabels('sidecar.istio.io/inject', 'true'), []],
  [
    'a mesh label that takes the Pods out',
    withLabels('sidecar.istio.io/inject', 'false'),
    ['medium function-mesh-label spec.labels.sidecar.istio.io/inject'],
  ],
  [
    'the mesh label on the Function itself',
    exampleFunction({ metadata: "labels: { sidecar.istio.io/inject: 'true' }" }),
    ['medium function-mesh-label metadata.labels.sidecar.istio.io/inject'],
  ],
  [
    'the mesh label in both places',
    exampleFunction({
      metadata: "annotations: { sidecar.istio.io/inject: 'true' }",
      members: ["labels: { sidecar.istio.io/inject: 'true' }"],
    }),
    ['low function-mesh-label metadata.annotations.sidecar.istio.io/inject'],
  ],
  ['a template with content', withMembers('template: { annotations: { a: b } }'), ['high function-template spec.template']],
  ['an empty template', withMembers('template: {}'), []],
];

const mounts = (...entries: string[]) => withMembers(`secretMounts: [${entries.map((entry) => `{ ${entry} }`).join(', ')}]`);

const secretMounts: readonly Row[] = [
  ['a mount of its own', mounts('secretName: keys, mountPath: /etc/keys'), []],
  ['a dotted Secret', mounts('secretName: a.b, mountPath: /etc/keys'), ['high function-volume-name spec.secretMounts[0].secretName']],
  [
    'a Secret of 64 characters',
    mounts(`secretName: ${'s'.repeat(64)}, mountPath: /etc/keys`),
    ['high function-volume-name spec.secretMounts[0].secretName'],
  ],
  [
    'one Secret twice',
    mounts('secretName: a, mountPath: /a', 'secretName: a, mountPath: /b'),
    ['high function-volume-name spec.secretMounts[1].secretName'],
  ],
  [
    'one path twice',
    mounts('secretName: a, mountPath: /a', 'secretName: b, mountPath: /a/'),
    ['high function-mount-path spec.secretMounts[1].mountPath'],
  ],
  ...['sources', 'package-registry-config', 'tmp'].map((name): Row => [
    `a Secret called ${name}`,
    mounts(`secretName: ${name}, mountPath: /a`),
    ['high function-volume-name spec.secretMounts[0].secretName'],
  ]),
  ...['/usr/src/app/function', '/tmp', '/usr/src/app', '/', 'etc/keys'].map((at): Row => [
    `a mount at ${at}`,
    mounts(`secretName: keys, mountPath: ${at}`),
    ['high function-mount-path spec.secretMounts[0].mountPath'],
  ]),
  ['a mount beside the source', mounts('secretName: keys, mountPath: /usr/src/app/keys'), []],
];

const resourcesPath = 'spec.resourceConfiguration.function.resources';
const resources: readonly Row[] = [
  ['requests within limits', withResources('{ cpu: 100m, memory: 64Mi }', '{ cpu: 1, memory: 1Gi }'), []],
  ['requests equal to limits in other words', withResources('{ cpu: 1000m, memory: 1024Mi }', '{ cpu: 1, memory: 1Gi }'), []],
  [
    'more memory than the limit',
    withResources('{ memory: 2Gi }', '{ memory: 2G }'),
    [`high function-resources ${resourcesPath}.requests.memory`],
  ],
  ['more CPU than the limit', withResources('{ cpu: 1.5 }', '{ cpu: 1500u }'), [`high function-resources ${resourcesPath}.requests.cpu`]],
  ['the least memory', withResources('{ memory: 16Mi }'), []],
  ['less memory', withResources('{ memory: 15Mi }'), [`high function-resources ${resourcesPath}.requests.memory`]],
  ['memory in bytes', withResources('{ memory: 16777216 }'), []],
  ['memory in millibytes', withResources('{ memory: 128m }'), [`high function-resources ${resourcesPath}.requests.memory`]],
  ['no quantity', withResources('{ memory: 64MB }'), [`high function-resources ${resourcesPath}.requests.memory`]],
];

const hygiene: readonly Row[] = [
  ['no replica', withMembers('replicas: 0'), ['low function-replicas-zero spec.replicas']],
  ['one replica', withMembers('replicas: 1'), []],
  ['half a replica', withMembers('replicas: 0.5'), ['high function-replicas spec.replicas']],
  ['a range of replicas', withMembers('scaleConfig: { minReplicas: 1, maxReplicas: 2 }'), ['info function-ignored-field spec.scaleConfig']],
  [
    'resources of a build',
    withMembers('resourceConfiguration: { build: { profile: fast } }'),
    ['info function-ignored-field spec.resourceConfiguration.build'],
  ],
  [
    'an unknown profile',
    withMembers('resourceConfiguration: { function: { profile: XXS } }'),
    ['high function-profile spec.resourceConfiguration.function.profile'],
  ],
  ['a dead runtime', exampleFunction({ runtime: 'nodejs18' }), ['high function-runtime spec.runtime']],
  ['nodejs20', exampleFunction({ runtime: 'nodejs20' }), ['low function-runtime-schedule spec.runtime', 'info function-fips spec.runtime']],
  ['nodejs22', exampleFunction({ runtime: 'nodejs22' }), ['info function-runtime-schedule spec.runtime']],
];

const tables = { names, environment, metadata, secretMounts, resources, hygiene };

describe.each(Object.entries(tables))('a Function, %s', (_, rows) => {
  test.each(rows)('%s', async (_title, yaml, expected) => {
    expect((await controllerLines(yaml)).sort()).toEqual([...expected].sort());
  });
});

test.each(['dist/dev', 'dist/prod'])('the controller layer has nothing against %s', async (folder) => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.k8s.yaml'));
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('---\n');
  expect(await controllerLines(text)).toEqual([]);
});
