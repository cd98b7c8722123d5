import { existsSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import type { Io } from '../../src/cli/io';
import { exampleApiRule, exampleJwt } from '../../src/validate/rules/security/example-api-rule';
import { exampleIssuer } from '../../src/validate/rules/security/example-issuer';
import { captureIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';

async function call(args: readonly string[], overrides: Partial<Io> = {}) {
  const captured = captureIo(overrides);
  const code = await main(['validate', ...args], captured.io, '1.2.3');
  return { code, stdout: captured.stdout(), stderr: captured.stderr() };
}

/** The ids of what counts, by `--format json`. */
async function found(args: readonly string[], overrides: Partial<Io> = {}): Promise<string[]> {
  const { stdout } = await call([...args, '--format', 'json'], overrides);
  const { results } = JSON.parse(stdout) as { results: { id: string; status: string }[] };
  return results.filter(({ status }) => status === 'fail' || status === 'error').map(({ id }) => id);
}

const http = exampleIssuer('http://id.example.com', 'https://id.example.com/keys');
const sound = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

/** A folder with files, and their paths by name. */
function folder(files: Readonly<Record<string, string | Uint8Array>>): (name: string) => string {
  const path = temporaryFolder(files);
  return (name) => join(path, name);
}

test('an APIRule of the documentation of Kyma needs no configuration and no cluster', async () => {
  const { code, stderr } = await call(['examples/validate/apirule.yaml']);
  expect([code, stderr]).toEqual([0, '']);
});

test.each(['dist/dev', 'dist/prod'])('%s holds nothing that fails', async (path) => {
  expect((await call([path])).code).toBe(0);
});

test.each([
  ['a finding of medium severity', http, [], 1],
  ['the same below the threshold', http, ['--fail-on', 'high'], 0],
  ['an info finding with --fail-on info', sound, ['--fail-on', 'info'], 1],
  ['a sound APIRule', sound, [], 0],
  ['a rule that is left out', http, ['--ignore', 'issuer-http'], 0],
  ['a layer that is left out', http, ['--ignore', 'security'], 0],
  ['another layer alone', http, ['--select', 'schema'], 0],
  ['two rules alone', http, ['--select', 'issuer-dex', '--select', 'issuer-http'], 1],
  ['a broken document, whatever the threshold', `${sound}---\na: [\n`, ['--fail-on', 'critical'], 1],
])('%s ends with the exit code that says so', async (_, yaml, options, code) => {
  expect((await call([...options, folder({ 'a.yaml': yaml })('a.yaml')])).code).toBe(code);
});

test('what could not be told ends with 3, never with 0', async () => {
  const at = folder({
    'a.yaml': exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`], 'orders', 'orders'),
    'p.yaml': 'version: 1\nallowedHosts: ["*.example.com"]\n',
  });
  expect((await call([at('a.yaml'), '--policy', at('p.yaml'), '--select', 'policy-host'])).code).toBe(3);
  expect((await call([at('a.yaml'), '--policy', at('p.yaml'), '--select', 'policy-host', '--domain', 'example.com'])).code).toBe(0);
});

const unheard = (kind: string): string => `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: { name: a }\n`;

test.each([
  ['no path', [], 'no path is given'],
  ['a missing file', ['no-such-file.yaml'], 'no-such-file.yaml: no such file or folder'],
  ['an unknown rule', ['a.yaml', '--select', 'issuer-htpp'], 'there is no rule "issuer-htpp"; did you mean "issuer-http"?'],
  ['an unknown rule to leave out', ['a.yaml', '--ignore', 'nothing-like-it-at-all'], 'there is no rule "nothing-like-it-at-all"'],
  ['an unknown severity', ['a.yaml', '--fail-on', 'bad'], "option '--fail-on <SEVERITY>' argument 'bad' is invalid"],
  ['a baseline that does not exist', ['a.yaml', '--baseline', 'none.json'], 'none.json: no such file'],
  ['a baseline that is still to be written', ['a.yaml', '--baseline', 'none.json'], 'Write it with --update-baseline'],
  ['a rule of a layer that is left out', ['a.yaml', '--select', 'host-taken', '--ignore', 'set'], 'no rule is left to run'],
  ['every layer left out', ['a.yaml', ...['schema', 'controller', 'security', 'set'].flatMap((l) => ['--ignore', l])], 'no rule is left'],
  ['a rule of the policy without one', ['a.yaml', '--select', 'policy-issuer', '--select', 'set'], 'policy-issuer needs a policy'],
  ['results about suppressions alone', ['a.yaml', '--select', 'suppression-unused'], 'no rule is left to run'],
  ['an update without a baseline', ['a.yaml', '--update-baseline'], '--update-baseline needs --baseline FILE'],
  ['update and prune', ['a.yaml', '--baseline', 'b', '--update-baseline', '--prune-baseline'], 'exclude each other'],
  [
    'a policy that is misspelt',
    ['a.yaml', '--policy', 'policy.yaml'],
    'policy.yaml:2:16 allowedIssuer: is an unknown key; did you mean allowedIssuers?',
  ],
  ['a manifest as policy', ['a.yaml', '--policy', 'a.yaml'], 'this is a manifest, no policy; give a file that begins with version: 1'],
  ['a configuration without version', ['a.yaml', '--config', 'none.yaml'], 'version: is missing or another; give 1'],
  ['one object that no rule looks at', ['role.yaml'], 'no rule looks at the one object in the input (Role.rbac.authorization.k8s.io)'],
  [
    'objects that no rule looks at',
    ['roles.yaml'],
    'no rule looks at any of the 2 objects in the input (ClusterRole.rbac.authorization.k8s.io, Role.rbac.authorization.k8s.io)',
  ],
  ['objects of kinds of their own', ['roles.yaml'], 'give it with --crd FILE'],
  ['a configuration with a wrong section', ['a.yaml', '--config', 'g.yaml'], 'validate.ignore[0].reason: is missing; give a text'],
  ['definitions that are none', ['a.yaml', '--crd', 'a.yaml'], 'which is no CustomResourceDefinition'],
  ['a context that cannot be read', ['a.yaml', '--context', 'broken.yaml'], '1 problem in the manifests'],
  ['an unknown rule to explain', ['--explain', 'issuer-htpp'], 'did you mean "issuer-http"?'],
  ['a path beside --explain', ['a.yaml', '--explain', 'issuer-http'], '--explain takes no path'],
  ['a path beside --list', ['a.yaml', '--list'], '--list takes no path'],
])('%s ends with 2, a hint, and an empty stdout', async (_, args, message) => {
  const at = folder({
    'a.yaml': sound,
    'policy.yaml': 'version: 1\nallowedIssuer: [a]\n',
    'g.yaml': 'version: 1\nvalidate: { ignore: [{ rule: issuer-http }] }\n',
    'broken.yaml': 'a: [\n',
    'none.yaml': 'validate: { ignore: [] }\n',
    'role.yaml': unheard('Role'),
    'roles.yaml': `${unheard('Role')}---\n${unheard('ClusterRole')}`,
  });
  const { code, stdout, stderr } = await call(args.map((arg) => (arg.endsWith('.yaml') ? at(arg) : arg)));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

test.each([
  ['an empty folder', {}],
  ['a folder without manifests', { 'readme.txt': 'x' }],
  ['an empty file', { 'a.yaml': '' }],
  ['a file of comments', { 'a.yaml': '# nothing\n---\n' }],
])('%s is no pass', async (_, files) => {
  expect((await call([folder(files)('')])).code).toBe(2);
});

test('a broken document in the middle leaves the others checked', async () => {
  const at = folder({ 'a.yaml': `${sound}---\nkey: [1\n---\n${http.replaceAll('orders', 'invoices')}` });
  expect(await found([at('a.yaml')])).toEqual(expect.arrayContaining(['manifest-syntax', 'issuer-http']));
});

test('binary input and a loop of links are no defects', async () => {
  const at = folder({ 'a.yaml': sound, 'b.yaml': new Uint8Array([0, 1, 2, 0]) });
  const binary = await call([at('')]);
  expect([binary.code, binary.stdout + binary.stderr]).toEqual([expect.any(Number), expect.stringContaining('binary')]);
  expect([0, 4]).not.toContain(binary.code);
  const loop = folder({ 'a.yaml': sound });
  symlinkSync(loop(''), loop('again'));
  expect((await call([loop('')])).code).toBe(0);
});

test('standard input is read for -', async () => {
  expect(await found(['-'], { readStdin: async () => http })).toEqual(['issuer-http']);
});

test('stdout carries one JSON report and nothing else', async () => {
  const at = folder({ 'a.yaml': http });
  const { stdout, stderr } = await call([at('a.yaml'), '--format', 'json', '--label', 'team=geo']);
  expect([JSON.parse(stdout), stderr]).toEqual([
    expect.objectContaining({ verb: 'validate', run: expect.objectContaining({ labels: { team: 'geo' } }) }),
    '',
  ]);
  expect(await call([at('a.yaml'), '--format', 'json', '--label', 'team=geo'])).toMatchObject({ stdout });
});

test('a report goes to a file beside what is printed', async () => {
  const at = folder({ 'a.yaml': http });
  await call([at('a.yaml'), '--report', `sarif=${at('out.sarif')}`]);
  const [run] = (JSON.parse(readFileSync(at('out.sarif'), 'utf8')) as { runs: { results: { ruleId: string }[] }[] }).runs;
  expect(run?.results.map(({ ruleId }) => ruleId)).toContain('issuer-http');
});

test('an annotation suppresses, and a policy that is named forbids that', async () => {
  const metadata =
    'metadata: { name: orders, namespace: shop, annotations: { kyma-guard/ignore: "issuer-http until=2026-01-01: a mock" } }';
  const at = folder({ 'a.yaml': http.replace(/^metadata:.*$/m, metadata), 'p.yaml': 'version: 1\nmaxSuppressible: low\n' });
  expect(await found([at('a.yaml')])).toEqual([]);
  expect(await found([at('a.yaml'), '--policy', at('p.yaml')])).toEqual(['issuer-http', 'suppression-forbidden']);
  expect(await found([at('a.yaml')], { now: () => new Date('2026-01-02T00:00:00Z') })).toEqual(['issuer-http', 'suppression-expired']);
});

test('a configuration suppresses only when the command line names it', async () => {
  const at = folder({
    'm/a.yaml': http,
    'm/kyma-guard.yaml': 'version: 1\nvalidate: { ignore: [{ rule: issuer-http, reason: a mock }] }\n',
  });
  expect(await found([at('m/a.yaml')])).toEqual(['issuer-http']);
  expect(await found([at('m/a.yaml'), '--config', at('m/kyma-guard.yaml')])).toEqual([]);
});

test('a baseline is written, taken into account and pruned', async () => {
  const at = folder({ 'a.yaml': http });
  const args = [at('a.yaml'), '--baseline', at('baseline.json')];
  const written = await call([...args, '--update-baseline']);
  expect([written.code, written.stderr]).toEqual([0, expect.stringMatching(/baseline\.json: \d+ accepted findings?, 0 before/)]);
  const before = readFileSync(at('baseline.json'), 'utf8');
  expect(await call(args)).toMatchObject({ code: 0, stderr: '' });
  writeFileSync(at('a.yaml'), http.replace('http:', 'https:'));
  expect((await call([...args, '--fail-on', 'info', '--format', 'json'])).stdout).toContain('baseline-stale');
  expect(readFileSync(at('baseline.json'), 'utf8')).toBe(before);
  await call([...args, '--prune-baseline']);
  expect(readFileSync(at('baseline.json'), 'utf8')).not.toContain('issuer-http');
});

test('what a run compares with is read, not reported', async () => {
  const at = folder({ 'a.yaml': sound, 'context.yaml': http.replaceAll('orders', 'invoices') });
  expect(await found([at('a.yaml'), '--context', at('context.yaml')])).toEqual([]);
  expect(await found([at('a.yaml'), '--against', at('context.yaml')])).toEqual([]);
});

test('context is taken into account', async () => {
  const at = folder({ 'a.yaml': sound, 'context.yaml': sound.replace('name: orders, ', 'name: other, ') });
  expect(await found([at('a.yaml'), '--context', at('context.yaml')])).toContain('host-taken');
});

test('definitions of the own cluster count', async () => {
  const definition = JSON.parse(readFileSync('crds/gateway.kyma-project.io_apirules.json', 'utf8')) as object;
  const text = JSON.stringify(definition).replaceAll('"gateway":{', '"gateWay":{');
  const at = folder({ 'a.yaml': sound, 'crd.json': text });
  expect(await found([at('a.yaml'), '--crd', at('crd.json')])).toContain('schema-unknown-field');
});

test('nothing is left in the folder that was checked', async () => {
  const at = folder({ 'a.yaml': http });
  await call([at('')]);
  expect(existsSync(at('baseline.json'))).toBe(false);
});

test('progress is told on a terminal only, and never on standard output', async () => {
  const at = folder({ 'a.yaml': `${sound}---\n`.repeat(251) });
  const lines: string[] = [];
  const { stdout } = await call([at('a.yaml'), '--format', 'json', '--select', 'schema'], { progress: (line) => void lines.push(line) });
  expect(lines).toEqual(['250 documents', '']);
  expect(stdout).not.toContain('250 documents');
});

test('a baseline counts from any folder, and after its manifests moved', async () => {
  const at = folder({ 'k8s/a.yaml': http, 'k8s/b.yaml': http.replaceAll('orders', 'invoices') });
  const run = async (cwd: string, args: readonly string[]) => call([...args, '--baseline', at('b.json'), '--fail-on', 'info'], { cwd });
  await run(at(''), [at('k8s'), '--update-baseline']);
  const files = JSON.parse(readFileSync(at('b.json'), 'utf8')) as { accepted: { file: string }[] };
  expect([...new Set(files.accepted.map(({ file }) => file))].sort()).toEqual(['k8s/a.yaml', 'k8s/b.yaml']);
  expect((await run(at('k8s'), [at('k8s')])).code).toBe(0);
  renameSync(at('k8s'), at('deploy'));
  expect((await run(at('deploy'), [at('deploy')])).code).toBe(0);
});

test('a part of the manifests neither loses nor blames the entries of the rest', async () => {
  const at = folder({ 'k8s/a.yaml': http, 'k8s/b.yaml': http.replaceAll('orders', 'invoices') });
  await call([at('k8s'), '--baseline', at('b.json'), '--update-baseline']);
  const all = readFileSync(at('b.json'), 'utf8');
  expect((await call([at('k8s/a.yaml'), '--baseline', at('b.json')])).stdout).not.toContain('baseline-stale');
  for (const use of ['--update-baseline', '--prune-baseline']) {
    await call([at('k8s/a.yaml'), '--baseline', at('b.json'), use]);
    expect(readFileSync(at('b.json'), 'utf8')).toBe(all);
  }
});

test('entries of a file that is gone from the folder are stale, and pruned', async () => {
  const at = folder({ 'k8s/a.yaml': http, 'k8s/b.yaml': http.replaceAll('orders', 'invoices') });
  await call([at('k8s'), '--baseline', at('b.json'), '--update-baseline']);
  rmSync(at('k8s/b.yaml'));
  expect((await call([at('k8s'), '--baseline', at('b.json')])).stdout).toContain('baseline-stale');
  await call([at('k8s'), '--baseline', at('b.json'), '--prune-baseline']);
  expect(readFileSync(at('b.json'), 'utf8')).not.toContain('invoices');
});

test('entries of a document that cannot be read are not stale', async () => {
  const at = folder({ 'k8s/a.yaml': http, 'k8s/b.yaml': http.replaceAll('orders', 'invoices') });
  await call([at('k8s'), '--baseline', at('b.json'), '--update-baseline']);
  const all = readFileSync(at('b.json'), 'utf8');
  writeFileSync(at('k8s/b.yaml'), 'a: [\n');
  await call([at('k8s'), '--baseline', at('b.json'), '--prune-baseline']);
  expect(readFileSync(at('b.json'), 'utf8')).toBe(all);
});

test.each([
  ['an option that does not exist', ['--polcy', 'a'], "kyma-guard: unknown option '--polcy'; Did you mean --policy? (ERR_USAGE)"],
  ['several rules in one value', ['a.yaml', '--select', 'schema,set'], 'repeat the option: --select schema --select set'],
])('%s gives a message of two lines', async (_, args, message) => {
  const { stderr } = await call(args);
  expect([stderr.trimEnd().split('\n').length, stderr]).toEqual([2, expect.stringContaining(message)]);
});
