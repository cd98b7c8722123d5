import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** docs/architecture.md as a table: folder of src/ -> the folders and packages it may import. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: ['cjs-module-lexer', 'jsonc-parser', 'node:crypto', 're2js', 'yaml'],
  config: ['files', 'model', 'yaml', 'zod', 'node:path'],
  constructs: ['imports', 'model', 'cdk8s', 'cdk8s-plus-27', 'constructs'],
  files: ['model', 'node:buffer', 'node:crypto', 'node:fs', 'node:fs/promises', 'node:path'],
  http: ['model', 'axios', 'node:dns', 'node:http', 'node:http2', 'node:https', 'node:net', 'node:stream', 'node:tls'],
  token: ['http', 'model', 'jose', 'node:crypto', 'node:zlib'],
  report: ['model', 'node:crypto', 'picocolors', 'sarif'],
  synth: ['config', 'constructs', 'files', 'model', 'cdk8s', 'constructs', 'esbuild', 'node:crypto', 'node:module', 'node:path'],
  lock: ['config', 'files', 'http', 'model', 'token', 'node:path'],
  local: [
    'files',
    'http',
    'local/runtime',
    'model',
    'token',
    'node:child_process',
    'node:crypto',
    'node:http',
    'node:net',
    'node:os',
    'node:path',
    'node:readline',
    'node:url',
  ],
  // The process of a Function: it knows nothing of the program that started it.
  'local/runtime': ['express', 'node:child_process', 'node:http', 'node:net', 'node:path', 'node:url', 'node:util', 'node:worker_threads'],
  validate: ['crds', 'model', '@marcbachmann/cel-js', '@marcbachmann/cel-js/serialize', 'ajv', 'ajv-formats'],
  // What the door `plugin.ts` loads when cdk8s uses it.
  plugin: ['config', 'files', 'model', 'report', 'validate'],
  explain: ['model'],
  migrate: ['files', 'http', 'model', 'report', 'token', 'yaml', 'node:crypto', 'node:path'],
  verify: ['http', 'model', 'token', 'node:crypto', 'node:path', 'node:zlib'],
  cli: [
    'config',
    'explain',
    'files',
    'http',
    'local',
    'lock',
    'migrate',
    'model',
    'report',
    'synth',
    'token',
    'validate',
    'verify',
    'commander',
    'picocolors',
    'node:child_process',
    'node:crypto',
    'node:fs',
    'node:os',
    'node:path',
  ],
};

interface Import {
  readonly file: string;
  readonly to: string;
  /** A type leaves nothing behind at run time. */
  readonly typeOnly: boolean;
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));
const imports = sources.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const text = readFileSync(join('src', file), 'utf8');
  const statements = [...text.matchAll(/^(?:import|export)(\s+type)?\s[^;'"]*?from\s+'([^']+)'/gm)].map(([, type, to = '']) => ({
    to,
    typeOnly: type !== undefined,
  }));
  const calls = [...text.matchAll(/^import\s+'([^']+)'|\b(?:import|require)\(\s*'([^']+)'/gm)].map(([, bare, called]) => ({
    to: bare ?? called ?? '',
    typeOnly: false,
  }));
  return [...statements, ...calls].map(({ to, typeOnly }) => ({
    file,
    typeOnly,
    to: to.startsWith('.') ? relative('.', join('src', dirname(file), to)).replaceAll('\\', '/') : to,
  }));
}

/** The row of the table that a path belongs to: the longest folder that has one; packages are rows of their own. */
function rowOf(path: string): string {
  const inSrc = path.startsWith('src/') ? path.slice(4) : path;
  const rows = Object.keys(mayImport).filter((row) => inSrc.startsWith(`${row}/`));
  return (
    rows.sort((a, b) => b.length - a.length)[0] ?? /^(imports|crds)\//.exec(path)?.[1] ?? inSrc.replace(/^picocolors\/.*/, 'picocolors')
  );
}

test('every folder of src has a line in the table', () => {
  const folders = new Set(sources.filter((file) => file.includes('/')).map((file) => file.split('/')[0]));
  expect([...folders].sort()).toEqual(
    Object.keys(mayImport)
      .filter((row) => !row.includes('/'))
      .sort(),
  );
});

test.each(Object.entries(mayImport))('src/%s imports only %j', (folder, allowed) => {
  const own = imports.filter(({ file }) => rowOf(`src/${file}`) === folder);
  const forbidden = own.filter(({ to }) => ![folder, ...allowed].includes(rowOf(to)));
  expect(forbidden.map(({ file, to }) => `${file} -> ${to}`)).toEqual([]);
});

test.each([
  ['the generated bindings', 'imports', /^constructs\/bindings\.ts$/],
  ['axios', 'axios', /^http\//],
  ['sockets', 'node:net', /^http\/|^local\/runtime\//],
  ['TLS', 'node:tls', /^http\//],
  ['jose', 'jose', /^token\//],
  ['files', 'node:fs', /^files\/|^cli\/bin\.ts$/],
  ['files', 'node:fs/promises', /^files\//],
  ['processes', 'node:child_process', /^local\/|^cli\/open-browser\.ts$/],
])('%s (%s) are seen only by %s', (_, target, allowed) => {
  const users = imports.filter(({ to, typeOnly }) => !typeOnly && rowOf(to) === target).map(({ file }) => file);
  expect(users.filter((file) => !allowed.test(file))).toEqual([]);
});

test('the environment is read only by config, the command line and the door that cdk8s runs', () => {
  const readers = sources.filter((file) => readFileSync(join('src', file), 'utf8').includes('process.env'));
  expect(readers.filter((file) => !/^(config|cli)\/|^main\.ts$|^local\/function-child/.test(file))).toEqual([]);
});

test('regular expressions over manifest text are made by re2js only', () => {
  const makers = sources.filter((file) => /new RegExp|[^.\w]RegExp\(/.test(readFileSync(join('src', file), 'utf8')));
  expect(makers).toEqual([]);
});

test('no file imports itself in a circle', () => {
  expect(cycles(sources, imports)).toEqual([]);
});

test('rooms have names of their own', () => {
  expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc|types|constants)(\/|\.ts$)/.test(file))).toEqual([]);
});

test('no file holds more than 400 lines', () => {
  const long = sources.filter((file) => readFileSync(join('src', file), 'utf8').split('\n').length > 400);
  expect(long).toEqual([]);
});

function cycles(files: readonly string[], edges: readonly Import[]): string[] {
  const next = new Map(files.map((file) => [file, edges.filter((edge) => edge.file === file).map(({ to }) => sourceOf(to))]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') return void found.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
    state.set(file, 'open');
    for (const to of next.get(file) ?? []) if (to !== undefined) visit(to, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  return found;
}

function sourceOf(path: string): string | undefined {
  const name = path.replace(/^src\//, '').replace(/\.js$/, '');
  return [`${name}.ts`, `${name}/index.ts`].find((file) => sources.includes(file));
}
