import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { functionProblems } from '../../src/model/function-checks';
import { meshLabel } from '../../src/model/function-metadata-checks';
import type { JsonObject } from '../../src/model/json';
import { readManifests } from '../../src/model/read-manifests';
import { ProtectedFunction, type ProtectedFunctionProps } from '../../src/index';
import { schemaRefusals } from '../support/crd-schemas';
import { functionPod, podRefusals } from '../support/function-pod';
import { kubeletExpand } from '../support/kubelet-expansion';
import { functionProps } from '../support/scenario';
import { refusal, synthesizeKind } from '../support/synthesize';

const written = (changes: Partial<ProtectedFunctionProps>) =>
  synthesizeKind('Function', (chart) => new ProtectedFunction(chart, 'fn', functionProps(changes)));
const refused = (changes: Partial<ProtectedFunctionProps>) =>
  refusal((chart) => new ProtectedFunction(chart, 'fn', functionProps(changes)));

/** The manifest that a person would write by hand, without the construct. */
function byHand(spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  const source = { inline: { source: 'exports.main = () => 1;' } };
  return {
    apiVersion: 'serverless.kyma-project.io/v1alpha2',
    kind: 'Function',
    metadata: { name: 'location', namespace: 'geo', ...metadata },
    spec: { runtime: 'nodejs22', source, ...spec },
  };
}
const problemIds = (body: JsonObject) => functionProblems(body).map(({ id }) => id);

test('a source with $ in it reaches the Pod as it was written', () => {
  const handler = 'exports.main = () => "$$ " + `${1}` + " $(FUNC_NAME)";';
  const inPod = (body: JsonObject) =>
    kubeletExpand(Object.fromEntries(functionPod(body).env)['FUNC_HANDLER_SOURCE'] ?? '', { FUNC_NAME: 'location' });
  expect(inPod(byHand({ source: { inline: { source: handler } } }))).not.toBe(handler);
  expect(inPod(written({ source: { handler } }))).toBe(handler);
});

test('dependencies and environment values with $ in them arrive, too', () => {
  const dependencies = '{"description":"costs $$5"}';
  const env = { PASSWORD_HINT: 'pa$$word $(FUNC_NAME)' };
  const pod = Object.fromEntries(functionPod(written({ source: { handler: 'exports.main = 1', dependencies }, env })).env);
  expect(kubeletExpand(pod['FUNC_HANDLER_DEPENDENCIES'] ?? '')).toBe(dependencies);
  expect(kubeletExpand(pod['PASSWORD_HINT'] ?? '', { FUNC_NAME: 'x' })).toBe(env.PASSWORD_HINT);
});

const frame = 'exports.main = () => 1;//';

test.each([
  ['ASCII', frame + 'x'.repeat(131_051 - frame.length), ''],
  ['ASCII, one byte more', frame + 'x'.repeat(131_052 - frame.length), 'has 131052 bytes'],
  ['two-byte letters', frame + 'ü'.repeat(65_520), 'has 131065 bytes'],
  ['dollars, which are written twice but arrive once', frame + '$$'.repeat(60_000), ''],
])('a source is measured as the container gets it: %s', (_, handler, message) => {
  expect(refused({ source: { handler } })).toContain(message);
  expect(refused({ source: { handler } }) === '').toBe(message === '');
});

test('a source over the limit would pass the API server', () => {
  const body = byHand({ source: { inline: { source: 'x'.repeat(200_000) } } });
  expect(schemaRefusals(body)).toEqual([]);
  expect(problemIds(body)).toContain('function-source-size');
});

test.each([
  ['metadata.labels', byHand({}, { labels: { [meshLabel]: 'true' } })],
  ['metadata.annotations', byHand({}, { annotations: { [meshLabel]: 'true' } })],
])('the mesh label under %s would leave the Pods outside the mesh', (_, body) => {
  expect(functionPod(body).labels).not.toHaveProperty([meshLabel]);
  expect(problemIds(body)).toEqual(['function-mesh-label']);
});

test('a Function is in the mesh, and its own labels cannot take it out', () => {
  expect(functionPod(written({ labels: { team: 'geo' } })).labels).toMatchObject({ [meshLabel]: 'true', team: 'geo' });
  expect(refused({ labels: { [meshLabel]: 'false' } })).toContain('takes the Pods out of the mesh');
});

test.each(['1st', 'geo.location', 'x'.repeat(64)])('the name %s is legal in the CRD and would break the Service', (name) => {
  expect(schemaRefusals(byHand({}, { name }))).toEqual([]);
  expect(refused({ metadata: { name, namespace: 'geo' } })).toContain('is no name for the Service');
});

const mount = (secretName: string, mountPath = '/etc/keys') => ({ secretName, mountPath });

test.each([
  ['a dotted name', [mount('tls.example.com')]],
  ['a long name', [mount('s'.repeat(64))]],
  ['the name of a built-in volume', [mount('tmp')]],
  ['one Secret twice', [mount('keys'), mount('keys', '/etc/more')]],
  ['one path twice', [mount('keys'), mount('certs')]],
  ['the path of the source', [mount('keys', '/usr/src/app/function')]],
  ['the path of temporary files', [mount('keys', '/tmp')]],
])('a mount with %s is legal in the CRD and would leave the Function without Pods', (_, secretMounts) => {
  const body = byHand({ secretMounts });
  expect(schemaRefusals(body)).toEqual([]);
  expect(podRefusals(functionPod(body))).not.toEqual([]);
  expect(refused({ secretMounts })).toMatch(/secretMounts\[[01]\]/);
});

test.each([
  ['a folder above the source', [mount('keys', '/usr/src/app')], 'would hide /usr/src/app/function'],
  ['a trailing slash', [mount('keys', '/tmp/')], 'would collide with /tmp'],
  ['a relative path', [mount('keys', 'etc/keys')], 'is no absolute path'],
])('a mount on %s is refused', (_, secretMounts, message) => {
  expect(refused({ secretMounts })).toContain(message);
});

test('mounts beside the built-in ones are taken', () => {
  const secretMounts = [
    mount('keys', '/tmp-keys'),
    mount('sources-of-truth', '/usr/src/app/function-keys'),
    mount('git-repository', '/git-repository'),
  ];
  expect(podRefusals(functionPod(written({ secretMounts })))).toEqual([]);
});

test.each(['local', 'git-repository'])('a Secret called %s collides only where that volume exists', (name) => {
  const git = { git: { url: 'https://example.com/geo.git', reference: 'main', baseDir: '/' } };
  const python = { runtime: 'python312', source: { handler: 'def main(event, context): return 1' } } as const;
  const colliding = name === 'local' ? python : { source: git };
  expect(refused({ secretMounts: [mount(name)] })).toBe('');
  expect(refused({ secretMounts: [mount(name)], ...colliding })).toContain(`"${name}" is the name of a volume`);
});

test.each([
  ['FUNC_HANDLER_SOURCE', 'reserved'],
  ['NODE_PATH', 'reserved'],
  ['MOD_NAME', 'reserved'],
  ['HANDLER_PATH', 'overwritten'],
  ['9LIVES', 'no name of an environment variable'],
  ['FUNC_TIMEOUT', ''],
])('the environment variable %s is %s', (name, message) => {
  expect(refused({ env: { [name]: 'x' } })).toContain(message);
  expect(refused({ env: { [name]: 'x' } }) === '').toBe(message === '');
});

test('a value for HANDLER_PATH would never arrive', () => {
  const pod = functionPod(byHand({ env: [{ name: 'HANDLER_PATH', value: './mine.js' }] }));
  expect(Object.fromEntries(pod.env)['HANDLER_PATH']).not.toBe('./mine.js');
});

test('a handler whose export Node.js cannot see is refused, with a form that works', () => {
  const handler = 'module.exports = { async main() { return 1; } };';
  expect(schemaRefusals(byHand({ source: { inline: { source: handler } } }))).toEqual([]);
  expect(refused({ source: { handler } })).toContain('exports no function main that Node.js can see; write module.exports');
});

test.each([
  [{ labels: { 'serverless.kyma-project.io/uuid': 'x' } }, 'spec.labels.serverless.kyma-project.io/uuid: is set by the platform'],
  [{ labels: { [`example.com/${'k'.repeat(52)}`]: 'x' } }, 'has 64 characters'],
  [{ labels: { team: 'v'.repeat(64) } }, 'is no label value'],
  [{ annotations: { 'proxy.istio.io/config': '{}' } }, 'is set by the platform'],
  [{ replicas: -1 }, 'give a whole number from 0'],
  [{ source: { handler: 'exports.main = 1', dependencies: '{"a":' } }, 'is no JSON object'],
  [{ source: { handler: 'exports.main = "\0"' } }, 'holds the control character U+0000'],
  [{ source: { handler: 'exports.main = "\f"' } }, 'holds the control character U+000C'],
  [{ source: { handler: 'exports.main = "\u2028"' } }, 'holds the control character U+2028'],
  [{ source: { handler: '' } }, 'spec.source.inline.source: is empty'],
  [{ source: { git: { url: 'https://example.com/x.git', reference: ' ', baseDir: '' } } }, 'reference: is missing or blank'],
] satisfies [Partial<ProtectedFunctionProps>, string][])('%j is refused', (changes, message) => {
  expect(refused(changes)).toContain(message);
});

test('what a person writes by hand is checked the same way', () => {
  const template = { labels: { a: 'b' } };
  const auth = { type: 'token', secretName: '' };
  expect(problemIds(byHand({ runtime: 'nodejs18', template }))).toEqual(['function-runtime', 'function-template']);
  expect(problemIds(byHand({ source: {} }))).toEqual(['function-source']);
  expect(
    problemIds(byHand({ source: { gitRepository: { url: 'https://example.com/x.git', reference: 'y', baseDir: 'z', auth } } })),
  ).toEqual(['function-git', 'function-git']);
  expect(problemIds(byHand({ resourceConfiguration: { function: { profile: 'XXL' } } }))).toEqual(['function-profile']);
  expect(problemIds(byHand({ env: [{ name: 'A' }, { name: 'A' }] }))).toEqual(['function-env']);
});

const throughYaml = (body: JsonObject) => {
  const { manifests } = readManifests(Yaml.stringify(body), 'fn.k8s.yaml');
  return kubeletExpand(Object.fromEntries(functionPod(manifests[0]?.body ?? {}).env)['FUNC_HANDLER_SOURCE'] ?? '', {
    FUNC_NAME: 'location',
  });
};

test('a source with other line ends could be damaged on its way through YAML, so they become plain', () => {
  const handler = '/* ---\n \n\r\n */\nexports.main = () => 1;\n';
  expect(throughYaml(byHand({ source: { inline: { source: handler } } }))).not.toBe(handler);
  expect(throughYaml(written({ source: { handler } }))).toBe(handler.replaceAll('\r', ''));
});

const noise = fc.oneof(
  fc.constantFrom('$', '$$', '$(FUNC_NAME)', '\r\n', '\r', '\t', ' \n', '\n ', '---\n', '{{', '\ufeff', '"', "'", '\\'),
  fc.string({ maxLength: 2 }),
);

test('whatever text a source holds, it reaches the Pod through manifest and kubelet as it was written', () => {
  const arrives = (text: string) => {
    const handler = `/* ${text.replaceAll('*/', '')} */\nexports.main = () => 1;`;
    return throughYaml(written({ source: { handler } })) === handler.replaceAll(/\r\n?/g, '\n');
  };
  fc.assert(fc.property(fc.string({ unit: noise, maxLength: 60 }), arrives), { numRuns: 300 });
});

test('a right manifest has no problem', () => {
  const body = written({ bindings: [{ secretName: 'geo-xsuaa', bindingName: 'geo-xsuaa' }], profile: 'S', replicas: 0 });
  expect(functionProblems(body)).toEqual([]);
  expect(schemaRefusals(body)).toEqual([]);
});
