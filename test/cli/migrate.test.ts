import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrateCommand } from '../../src/cli/commands/migrate';
import { diskFiles } from '../../src/files/files';
import { FileUnreadableError } from '../../src/model/errors';
import { callMigrate, callMigrateIn, oldText, serviceText } from '../support/migrate-call';

const done = 'apiVersion: gateway.kyma-project.io/v2\nkind: APIRule\n';
const both = { 'k8s/rule.yaml': oldText(), 'k8s/service.yaml': serviceText(), 'k8s/notes.md': 'not touched' };

describe('where the result goes', () => {
  test('without an option the YAML is standard output, and what to know is standard error', async () => {
    const { exit, stdout, stderr } = await callMigrate({ 'rule.yaml': oldText() }, ['rule.yaml']);
    expect([exit, stdout.slice(0, 70)]).toEqual([0, `# APIRule orders\n${done}`.slice(0, 70)]);
    expect(stdout).not.toMatch(/accessStrategies|WARN/);
    expect(stderr).toContain('rule.yaml:12:7 APIRule shop/orders spec.rules[0]');
  });

  test('a stream holds every document of the trees, and companions at its end', async () => {
    const { stdout } = await callMigrate(both, ['k8s']);
    const kinds = [...stdout.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind);
    expect(kinds.slice(0, 2)).toEqual(['APIRule', 'Service']);
    expect(new Set(kinds.slice(2))).toEqual(new Set(['AuthorizationPolicy']));
    expect(stdout).toContain('# Companion of the migration: AuthorizationPolicy shop/');
  });

  test('--write replaces the files, with companions beside them, and a second run has nothing to do', async () => {
    const first = await callMigrate(both, ['k8s', '--write']);
    const written = readdirSync(join(first.folder, 'k8s'));
    expect([first.exit, written]).toEqual([0, ['notes.md', 'rule.companions.yaml', 'rule.yaml', 'service.yaml']]);
    expect(first.read('k8s/rule.yaml')).toContain(done);
    expect(first.stdout).toMatch(/=>.*wrote k8s\/rule\.yaml\nwrote k8s\/rule\.companions\.yaml\n$/s);
    const texts = written.map((name) => first.read(`k8s/${name}`));
    const second = await callMigrateIn(first.folder, ['k8s', '--write']);
    expect([second.exit, second.stdout]).toEqual([0, expect.not.stringContaining('wrote')]);
    expect(written.map((name) => second.read(`k8s/${name}`))).toEqual(texts);
  });

  test('--out mirrors one root, leaves it alone, and may be repeated', async () => {
    const first = await callMigrate(both, ['k8s', '--out', 'new']);
    expect([first.exit, readdirSync(join(first.folder, 'new'))]).toEqual([0, ['rule.companions.yaml', 'rule.yaml']]);
    expect(first.read('k8s/rule.yaml')).toBe(oldText());
    expect((await callMigrateIn(first.folder, ['k8s', '--out', 'new'])).exit).toBe(0);
  });

  test('--out mirrors several roots beside each other', async () => {
    const files = { 'team-a/k8s/rule.yaml': oldText('a'), 'team-b/k8s/rule.yaml': oldText('b') };
    const { folder, exit } = await callMigrate(files, ['team-a/k8s', 'team-b/k8s', '--out', 'new']);
    expect([exit, readdirSync(join(folder, 'new')), readdirSync(join(folder, 'new/team-a/k8s'))]).toEqual([
      0,
      ['team-a', 'team-b'],
      ['rule.yaml'],
    ]);
  });

  test('--report writes a page that fetches nothing, with old and new rules', async () => {
    const { read } = await callMigrate({ 'rule.yaml': oldText('orders', { path: '/<b>.*' }) }, [
      'rule.yaml',
      '--report',
      'html=a.html',
      '--report',
      'markdown=a.md',
    ]);
    const page = read('a.html') ?? '';
    expect(page).toContain('default-src &apos;none&apos;');
    expect(page).toContain('Old and new rules');
    expect(page).not.toMatch(/<b>|https?:\/\/(?!orders\.example)[^<]*\.(?:js|css)/);
    expect(read('a.md')).toContain('### APIRule `shop/orders`');
  });
});

describe('a wrong call does nothing, says why, and is exit code 2', () => {
  const ok = { 'rule.yaml': oldText() };
  const full = { ...ok, 'out/other.yaml': 'kind: Other\n' };
  test.each<[string, Record<string, string | Uint8Array>, string[], string[]]>([
    ['no path', ok, [], ['no path is given']],
    ['a path that is not there', ok, ['none.yaml'], ['none.yaml: no such file or folder']],
    ['two places to write to', ok, ['rule.yaml', '--write', '--out', 'out'], ['--out and --write are given together']],
    ['--force without --out', ok, ['rule.yaml', '--force'], ['--force is given without --out']],
    ['--discover without --scope', ok, ['rule.yaml', '--discover'], ['--discover is given without --scope']],
    ['standard input twice', ok, ['-', '--live', '-'], ['standard input is given twice']],
    ['one tree within another', { 'a/b/rule.yaml': oldText() }, ['a', 'a/b'], ['a/b/rule.yaml is below a and below a/b']],
    [
      'a folder that holds something else',
      full,
      ['rule.yaml', '--out', 'out'],
      ['the folder is not empty, and out/other.yaml is not what would be written'],
    ],
    ['an output within the input', { 'a/rule.yaml': oldText() }, ['a', '--out', 'a/new'], ['--out a/new and the input a are one tree']],
    ['nothing in a folder', { 'a/readme.md': '' }, ['a'], ['no manifest in a']],
    ['truncated YAML', { 'a.yaml': `${oldText()}  corsPolicy: {allowOrigins: [` }, ['a.yaml'], ['a.yaml:16:', 'ERR_MANIFEST_INVALID']],
    ['two broken files at once', { 'k/a.yaml': 'a: [', 'k/b.yaml': 'b: "' }, ['k'], ['k/a.yaml:1:', 'k/b.yaml:1:']],
    ['binary bytes', { 'k/a.yaml': Buffer.from([1, 0, 2]) }, ['k'], ['k/a.yaml: is binary, text is expected']],
    ['an anchor that holds itself', { 'a.yaml': `${oldText()}extra: &x [*x]\n` }, ['a.yaml'], ['an anchor contains itself']],
    ['anchors that explode', { 'a.yaml': `${oldText()}${explosion()}` }, ['a.yaml'], ['resource exhaustion']],
    ['a document above the limit', { 'a.yaml': oldText() }, ['a.yaml', '--max-document', '100'], ['a.yaml', 'at most 100 are read']],
    [
      'one object that says two things',
      { 'k/a.yaml': oldText(), 'k/b.yaml': oldText('orders', { path: '/a' }) },
      ['k'],
      ['is in the input twice and says two things: k/a.yaml:2 and k/b.yaml:2'],
    ],
    ['a caller that is none', ok, ['rule.yaml', '--internal-callers', 'a b'], ['names no caller inside the cluster']],
    ['a map of issuers that is none', { ...ok, 'i.yaml': 'a: b\n' }, ['rule.yaml', '--issuers', 'i.yaml'], ['i.yaml:1:1']],
  ])('%s', async (_, files, args, said) => {
    const { exit, stdout, stderr, folder } = await callMigrate(files, args);
    for (const text of said) expect(stderr).toContain(text);
    expect([exit, stdout]).toEqual([2, '']);
    expect(readdirSync(folder).sort()).toEqual([...new Set(Object.keys(files).map((path) => path.split('/')[0]))].sort());
  });

  function explosion(): string {
    const levels = Array.from(
      { length: 9 },
      (_, level) =>
        `  l${level}: &l${level} [${Array(9)
          .fill(level === 0 ? 'x' : `*l${level - 1}`)
          .join(', ')}]`,
    );
    return `extra:\n${levels.join('\n')}\n`;
  }
});

describe('what an APIRule is not is left as it is and told, with exit code 1', () => {
  const spec = (text: string) => `apiVersion: gateway.kyma-project.io/v1beta1\nkind: APIRule\nmetadata: {name: a}\nspec: ${text}\n`;
  test.each<[string, string, string]>([
    ['a spec that is null', spec('null'), 'spec'],
    ['no rules', spec('{host: a, gateway: g/g, service: {name: a, port: 1}, rules: []}'), 'rules'],
    ['rules that are no list', spec('{host: a, gateway: g/g, service: {name: a, port: 1}, rules: 3}'), 'rules'],
    ['a port that is a word', oldText().replace('8080', 'eighty'), 'port'],
    ['an unknown handler', oldText('orders', { handler: 'magic' }), 'magic'],
    ['an expression that RE2 refuses', oldText('orders', { path: '/(?=a).*' }), '/(?=a).*'],
    ['an expression that never ends elsewhere', oldText('orders', { path: '/((a+)+)+b', handler: 'jwt' }), 'migrate-'],
  ])('%s', async (_, text, said) => {
    const { exit, stdout, read } = await callMigrate({ 'a.yaml': text }, ['a.yaml', '--write']);
    expect([exit, read('a.yaml')]).toEqual([1, text]);
    expect(stdout).toMatch(/a\.yaml:\d+:\d+/);
    expect(stdout).toContain(said);
  });
});

test.each<[string, (text: string) => Buffer]>([
  ['UTF-8 without a byte order mark', (text) => Buffer.from(text)],
  ['UTF-8 with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16, little end first', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16, big end first', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
])('a file of Windows in %s is replaced in its own encoding, with its line ends', async (_, encoded) => {
  const plain = await callMigrate({ 'k/rule.yaml': oldText() }, ['k', '--write']);
  const { exit, folder } = await callMigrate({ 'k/rule.yaml': encoded(oldText().replaceAll('\n', '\r\n')) }, ['k', '--write']);
  expect(exit).toBe(0);
  expect(readFileSync(join(folder, 'k/rule.yaml'))).toEqual(encoded(plain.read('k/rule.yaml')!.replaceAll('\n', '\r\n')));
});

test('--force replaces files of the same names and leaves others alone', async () => {
  const files = { 'rule.yaml': oldText(), 'out/rule.yaml': 'kind: Earlier\n', 'out/other.yaml': 'kind: Other\n' };
  const { exit, read } = await callMigrate(files, ['rule.yaml', '--out', 'out', '--force']);
  expect([exit, read('out/rule.yaml'), read('out/other.yaml')]).toEqual([0, expect.stringContaining(done), 'kind: Other\n']);
});

test('a file that changes while it is read is noticed, and nothing is written', async () => {
  const files = { 'k/a.yaml': oldText('a'), 'k/b.yaml': oldText('b') };
  const first = await callMigrate(files, ['k', '--list']);
  const changing = {
    ...diskFiles,
    readText: async (path: string, maxBytes?: number) => {
      const text = await diskFiles.readText(path, maxBytes);
      if (path.endsWith('b.yaml')) writeFileSync(path, 'kind: SomebodyElse\n');
      return text;
    },
  };
  const { exit, stderr, read } = await callMigrateIn(first.folder, ['k', '--write'], { files: changing });
  expect([exit, stderr]).toEqual([2, expect.stringContaining('k/b.yaml: it was changed since it was read')]);
  expect([read('k/a.yaml'), read('k/b.yaml'), readdirSync(join(first.folder, 'k'))]).toEqual([
    files['k/a.yaml'],
    'kind: SomebodyElse\n',
    ['a.yaml', 'b.yaml'],
  ]);
});

test('a folder that cannot be made is told, and nothing is written', async () => {
  const { exit, stderr, read } = await callMigrate({ 'a.yaml': oldText() }, ['a.yaml', '--out', 'a.yaml/out']);
  expect([exit, stderr, read('a.yaml')]).toEqual([2, expect.stringContaining('a part of the path is not a folder'), oldText()]);
});

test('a file in the place of the output folder is told', async () => {
  const { exit, stderr, read } = await callMigrate({ 'a.yaml': oldText(), out: 'a file' }, ['a.yaml', '--out', 'out']);
  expect([exit, stderr, read('out')]).toEqual([2, expect.stringContaining('out'), 'a file']);
});

test('APIRules of one workload are written together or not at all', async () => {
  const files = { 'k/good.yaml': oldText('good', { service: 'one' }), 'k/bad.yaml': oldText('bad', { service: 'one', handler: 'magic' }) };
  const { exit, stdout, read } = await callMigrate(files, ['k', '--write']);
  expect([exit, read('k/good.yaml')]).toEqual([1, files['k/good.yaml']]);
  expect(stdout).toMatch(/k\/good\.yaml:2:1 APIRule shop\/good\n.*FAIL  migrate-together/s);
});

test('a file that two links lead to is written once, and the links stay', async () => {
  const first = await callMigrate({ 'k/real.yaml': oldText() }, ['k', '--list']);
  symlinkSync('real.yaml', join(first.folder, 'k/again.yaml'));
  const { exit, read } = await callMigrateIn(first.folder, ['k', '--write']);
  expect([exit, read('k/again.yaml'), lstatSync(join(first.folder, 'k/again.yaml')).isSymbolicLink()]).toEqual([
    0,
    read('k/real.yaml'),
    true,
  ]);
  expect(read('k/real.yaml')).toContain(done);
});

test('what a walk cannot read is told with everything else, and nothing is written', async () => {
  const forbidding = {
    ...diskFiles,
    list: async (path: string) => {
      if (path.endsWith('closed')) throw new FileUnreadableError(path, 'permission denied');
      return diskFiles.list(path);
    },
  };
  const files = { 'k/a.yaml': oldText(), 'k/b.yaml': 'a: [', 'k/closed/c.yaml': oldText('c') };
  const { exit, stderr, read } = await callMigrate(files, ['k', '--write'], { files: forbidding });
  expect([exit, read('k/a.yaml')]).toEqual([2, files['k/a.yaml']]);
  expect(stderr).toMatch(/k\/closed: .*permission denied[^]*k\/b\.yaml:1:/);
});

describe('every example of --help does what it says', () => {
  const dump = JSON.stringify({ kind: 'List', apiVersion: 'v1', items: [] });
  test.each(migrateCommand.examples)('%s', async (command) => {
    const folder = { 'k8s/apirule.yaml': oldText(), 'k8s/service.yaml': serviceText(), 'issuers.yaml': '[]\n' };
    const [, line = ''] = command.split('kyma-guard migrate ');
    const { exit, stderr } = await callMigrate(folder, line.split(' '), { readStdin: async () => dump });
    expect([exit, stderr.includes('ERR_')]).toEqual([line.includes('--list') ? 1 : 0, false]);
  });
});
