import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

interface Loaded {
  readonly names: string[];
  readonly files: string[];
}

const entries = JSON.parse(readFileSync('package.json', 'utf8')).exports as Record<string, string | { types: string; default: string }>;
const code = Object.entries(entries).flatMap(([entry, to]) => (typeof to === 'string' ? [] : [[entry, to] as const]));

/** Relative to the project, so that packages of ours differ from those that others bring along. */
function ownPath(file: string): string {
  return relative(process.cwd(), file).replaceAll('\\', '/');
}

/** Loads an entry of the built package in a process of its own and says what it exports and which files it took. */
function load(file: string): Loaded {
  const script = `const names = Object.keys(require(${JSON.stringify(file)})); console.log(JSON.stringify({ names, files: Object.keys(require.cache) }))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

test.each([
  [
    '.',
    [
      'ClosedBaseline',
      'JwtApiRule',
      'KymaGuardError',
      'KymaGuardValidation',
      'MeshNamespace',
      'OidcIssuer',
      'ProtectedFunction',
      'UsageError',
      'VerificationJob',
      'VerificationNamespace',
      'VerifierBundle',
      'XsuaaIssuer',
      'xsuaaBindingNames',
    ],
  ],
  ['./synth', ['runSynth', 'synthesizeAll']],
  ['./lock', ['runLock']],
  ['./local', ['startLocal']],
  ['./validate', ['runValidate', 'withSchemas']],
  ['./explain', ['answerMarkdown', 'answerText', 'explainReference', 'runExplain']],
  [
    './migrate',
    [
      'inventoryResults',
      'inventoryText',
      'isOutsideInventory',
      'migrationMarkdown',
      'migrationText',
      'parseIssuerMap',
      'printIssuerTemplate',
      'readInternalCallers',
      'runMigrate',
      'writeInPlace',
      'writeToFolder',
    ],
  ],
  ['./verify', ['runVerify']],
  ['./manifests', ['namespaceOf', 'objectRef', 'readDocuments', 'readManifests', 'whereOf']],
  ['./files', ['diskFiles']],
])('%s exports exactly %j', (entry, names) => {
  const to = entries[entry];
  expect(typeof to === 'object' ? load(to.default).names.sort() : to).toEqual(names);
});

test('every entry of the package is pinned above, and its file and types exist', () => {
  expect(code.map(([entry]) => entry)).toEqual([
    '.',
    './synth',
    './lock',
    './local',
    './validate',
    './explain',
    './migrate',
    './verify',
    './manifests',
    './files',
  ]);
  expect(code.filter(([, { types, default: file }]) => !existsSync(types) || !existsSync(file))).toEqual([]);
});

test.each([
  ['./lib/src/index.js', /node_modules\/(ajv|jose|axios|zod|express|commander|esbuild)\/|^node_modules\/yaml\//],
  [
    './lib/src/verify/verify.js',
    /node_modules\/(cdk8s|cdk8s-plus-27|constructs|express|zod|esbuild|commander)\/|^lib\/src\/(local|constructs|synth|config)\//,
  ],
  [
    './lib/src/validate/validate.js',
    /node_modules\/(cdk8s|constructs|zod|express|commander|esbuild|jose|axios)\/|^lib\/src\/(local|constructs|synth|config|verify|http|token|files|cli)\//,
  ],
  [
    './lib/src/explain/explain.js',
    /node_modules\/(ajv|cdk8s|constructs|zod|express|commander|esbuild|jose|axios)\/|^lib\/src\/(?!explain\/|model\/)/,
  ],
  [
    './lib/src/migrate/migrate.js',
    /node_modules\/(ajv|cdk8s|constructs|zod|express|commander|esbuild|jose|axios)\/|^lib\/src\/(local|constructs|synth|config|verify|validate|http|token|cli)\//,
  ],
  ['./lib/src/synth/run-synth.js', /node_modules\/(jose|axios|express|commander)\/|^lib\/src\/(local|verify|http|token)\//],
  ['./lib/src/local/start-local.js', /node_modules\/(cdk8s|zod|express|commander|esbuild)\/|^lib\/src\/(verify|constructs|synth)\//],
])('%s loads nothing that it does not need', (file, forbidden) => {
  expect(
    load(file)
      .files.map(ownPath)
      .filter((loaded) => forbidden.test(loaded)),
  ).toEqual([]);
});

test('the version is told before anything is loaded', () => {
  const script =
    "process.argv[2] = '--version'; process.argv.length = 3; require('./lib/src/cli/bin.js'); console.log(Object.keys(require.cache).length)";
  const output = execFileSync(process.execPath, ['-e', script, '--', '--version'], { encoding: 'utf8' });
  expect(output.trim().split('\n').at(-1)).toBe('1');
});
