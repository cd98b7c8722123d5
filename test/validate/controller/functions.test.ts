import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFunction } from '../../../src/validate/rules/controller/example-function';
import { exampleSecret } from '../../../src/validate/rules/controller/example-instance';
import { controllerLines } from '../../support/controller-lines';
import { validateText } from '../../support/validate';

const withMembers = (...members: string[]) => exampleFunction({ members });
const withEnv = (...names: string[]) => withMembers(`env: [${names.map((name) => `{ name: "${name}", value: x }`).join(', ')}]`);
const withLabels = (key: string, value: string) => withMembers(`labels: { "${key}": "${value}" }`);
const withAnnotations = (key: string, value = 'x') => withMembers(`annotations: { "${key}": "${value}" }`);
const withResources = (requests: string, limits = '{}') =>
  withMembers(`resourceConfiguration: { function: { resources: { requests: ${requests}, limits: ${limits} } } }`);
const inline = (source: string, dependencies?: string) =>
  `{ inline: { source: ${JSON.stringify(source)}${dependencies === undefined ? '' : `, dependencies: ${JSON.stringify(dependencies)}`} } }`;
const withSource = (source: string, dependencies?: string) => exampleFunction({ source: inline(source, dependencies) });
const handler = 'exports.main = () => 1;';
const git = (url: string, more = '') =>
  exampleFunction({ source: `{ gitRepository: { url: ${JSON.stringify(url)}, reference: main, baseDir: /${more} } }` });
const path = 'spec.source.inline.source';

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

const source: readonly Row[] = [
  ['no source', exampleFunction({ source: '{}' }), ['high function-source spec.source']],
  ['an empty handler', withSource(''), [`high function-source ${path}`]],
  ['the largest source', withSource(handler + ' '.repeat(131_051 - handler.length)), []],
  ['one byte more', withSource(handler + ' '.repeat(131_052 - handler.length)), [`high function-source-size ${path}`]],
  ['dollars that arrive as half as many', withSource(`${handler}//${'$$$$'.repeat(40_000)}`), []],
  ['dollars that become one', withSource(`${handler}// costs $$5`), [`medium function-source-expansion ${path}`]],
  ['dollars that are escaped', withSource(`${handler}// costs $$$$5 and $$(FUNC_NAME)`), []],
  ['a template literal', withSource('exports.main = () => `${1}`;'), []],
  ['a reference to a platform variable', withSource(`${handler}// $(FUNC_NAME)`), [`medium function-source-expansion ${path}`]],
  ['a reference to nothing', withSource(`${handler}// $(OTHER)`), []],
  ['a control character', withSource(`${handler}//\u0007`), [`medium function-source-control ${path}`]],
  ['dependencies that are no JSON', withSource(handler, '{ axios: 1 }'), ['high function-dependencies spec.source.inline.dependencies']],
  ['dependencies without braces', withSource(handler, 'axios'), ['high function-dependencies spec.source.inline.dependencies']],
  ['empty dependencies', withSource(handler, ' \n'), []],
  [
    'exact dependencies',
    withSource(handler, '{"dependencies":{"a":"1.2.3","b":"npm:c@1.0.0","d":"git+https://x/y#0123456789012345678901234567890123456789"}}'),
    [],
  ],
  ...['^1.2.3', '~1.2', 'latest', '*', '1.x', '>=1.0.0', ''].map((version): Row => [
    `a dependency on ${JSON.stringify(version)}`,
    withSource(handler, JSON.stringify({ dependencies: { axios: version } })),
    ['low function-dependencies-range spec.source.inline.dependencies'],
  ]),
  ['a handler that Node.js cannot see', withSource('module.exports = { async main() {} };'), [`high function-handler ${path}`]],
  [
    'a handler that another module brings',
    withSource('module.exports = require("orders-handler");', '{"dependencies":{"orders-handler":"1.0.0"}}'),
    [],
  ],
  ['an ES module that another one fills', withSource('export * from "orders-handler";'), []],
];

const gitSources: readonly Row[] = [
  ['an address of https', git('https://git.example.com/orders.git'), []],
  ['an SSH address', git('git@git.example.com:shop/orders.git'), ['info function-fips spec.source.gitRepository.url']],
  ['an address without scheme', git('git.example.com/orders.git'), ['high function-git spec.source.gitRepository.url']],
  ['a blank address', git(' '), ['high function-git spec.source.gitRepository.url']],
  [
    'a password in the address',
    git('https://ci:example@git.example.com/x.git'),
    ['high function-git-password spec.source.gitRepository.url'],
  ],
  ['a user in the address', git('https://ci@git.example.com/x.git'), []],
  [
    'a password over http',
    git('http://git.example.com/x.git', ', auth: { type: basic, secretName: git }'),
    ['medium function-git-password spec.source.gitRepository.url'],
  ],
  ['a public repository over http', git('http://git.example.com/x.git'), []],
  [
    'a key for https',
    git('https://git.example.com/x.git', ', auth: { type: key, secretName: git }'),
    ['medium function-git spec.source.gitRepository.auth.type'],
  ],
  [
    'an unknown auth',
    git('https://git.example.com/x.git', ', auth: { type: token, secretName: git }'),
    ['high function-git spec.source.gitRepository.auth.type'],
  ],
  [
    'auth without Secret',
    git('https://git.example.com/x.git', ", auth: { type: basic, secretName: ' ' }"),
    ['high function-git spec.source.gitRepository.auth.secretName'],
  ],
];

const secretPath = 'spec.source.gitRepository.auth.secretName';
const typed = (type: string, ...keys: string[]) =>
  `---\napiVersion: v1\nkind: Secret\ntype: ${type}\nmetadata: { name: git, namespace: shop }\ndata: { ${keys.map((key) => `${key}: eA==`).join(', ')} }\n`;
const basic = git('https://git.example.com/x.git', ', auth: { type: basic, secretName: git }');
const key = git('ssh://git@git.example.com/x.git', ', auth: { type: key, secretName: git }');
const fips = 'info function-fips spec.source.gitRepository.url';

const gitSecrets: readonly Row[] = [
  ['basic with a Secret elsewhere', basic, []],
  ['basic with basic-auth', basic + typed('kubernetes.io/basic-auth', 'username', 'password'), []],
  ['basic with an Opaque Secret', basic + typed('Opaque', 'username', 'password'), []],
  ['basic without a password', basic + typed('Opaque', 'username'), [`medium function-git-auth ${secretPath}`]],
  ['basic with an SSH key', basic + typed('kubernetes.io/ssh-auth', 'ssh-privatekey'), [`medium function-git-auth ${secretPath}`]],
  ['key with ssh-auth', key + typed('kubernetes.io/ssh-auth', 'ssh-privatekey'), [fips]],
  ['key with an Opaque Secret', key + typed('Opaque', 'key'), [fips]],
  [
    'key with basic-auth',
    key + typed('kubernetes.io/basic-auth', 'username', 'password'),
    [fips, `medium function-git-auth ${secretPath}`],
  ],
  ['a Secret that is filled elsewhere', basic + typed('Opaque'), []],
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

const python = (text: string, dependencies?: string, ...members: string[]) =>
  exampleFunction({ runtime: 'python312', source: inline(text, dependencies), members });
const main = 'def main(event, context): return 1';
const pythonNotes = ['info function-runtime-schedule spec.runtime', 'info function-fips spec.runtime'];

const pythonRows: readonly Row[] = [
  ['a handler', python(main), pythonNotes],
  [
    'pinned requirements',
    python(main, '# web\nrequests==2.32.0 # pinned\n-r base.txt\nurllib3[socks] == 2.2.0; python_version > "3"'),
    pythonNotes,
  ],
  ['open requirements', python(main, 'requests>=2'), [...pythonNotes, 'low function-dependencies-range spec.source.inline.dependencies']],
  [
    'a requirement of any version',
    python(main, 'requests'),
    [...pythonNotes, 'low function-dependencies-range spec.source.inline.dependencies'],
  ],
  [
    'a reference to a variable of its runtime',
    python(`${main} # $(MOD_NAME)`),
    [`medium function-source-expansion ${path}`, ...pythonNotes],
  ],
  [
    'a Secret called local',
    python(main, undefined, 'secretMounts: [{ secretName: local, mountPath: /a }]'),
    ['high function-volume-name spec.secretMounts[0].secretName', ...pythonNotes],
  ],
  [
    'a mount over its source',
    python(main, undefined, 'secretMounts: [{ secretName: s, mountPath: /kubeless }]'),
    ['high function-mount-path spec.secretMounts[0].mountPath', ...pythonNotes],
  ],
];

const tables = { names, environment, metadata, secretMounts, source, gitSources, gitSecrets, resources, hygiene, pythonRows };

describe.each(Object.entries(tables))('a Function, %s', (_, rows) => {
  test.each(rows)('%s', async (_title, yaml, expected) => {
    expect((await controllerLines(yaml)).sort()).toEqual([...expected].sort());
  });
});

test('what would be altered is quoted with its line and the way to write it', async () => {
  const results = await validateText(withSource(`${handler}\n// $$5\n// $(FUNC_NAME)`), { select: ['function-source-expansion'] });
  expect(results[0]?.message).toBe(
    'reaches the Pod altered: "$$" arrives as "$" in line 2, "$(FUNC_NAME)" arrives as the value of FUNC_NAME in line 3',
  );
  expect(results[0]?.fix).toContain('$$$$ for $$ and $$( for $(');
});

test('a password in an address is not repeated', async () => {
  const results = await validateText(git('https://ci:hunter2@git.example.com/x.git'));
  expect(JSON.stringify(results.map(({ message, fix, reason }) => [message, fix, reason]))).not.toContain('hunter2');
});

test('the content of a Secret is not repeated', async () => {
  const results = await validateText(`${basic}---\n${exampleSecret('git', 'token', 'hunter2')}`);
  expect(JSON.stringify(results)).not.toContain('hunter2');
});

test.each(['dist/dev', 'dist/prod'])('the controller layer has nothing against %s', async (folder) => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.k8s.yaml'));
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('---\n');
  expect(await controllerLines(text)).toEqual([]);
});
