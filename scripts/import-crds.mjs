/**
 * npm run import                 imports/ from crds/, the same bytes on every run, no network
 * npm run import -- FILE…        first crds/ from upstream definitions (YAML), then imports/
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { forImport, reduceDefinition } from './reduce-crd.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const crds = join(root, 'crds');
const imports = join(root, 'imports');

/** Kinds that the constructs write. The other definitions under crds/ only serve to check manifests. */
const written = new Set(['APIRule', 'Function', 'ServiceBinding', 'ServiceInstance']);

for (const file of process.argv.slice(2)) reduceFile(file);
generate();

function reduceFile(file) {
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    const definition = document.toJS();
    if (definition === null) continue;
    const reduced = sortKeys(reduceDefinition(definition));
    writeFileSync(join(crds, `${reduced.spec.group}_${reduced.spec.names.plural}.json`), `${JSON.stringify(reduced, null, 2)}\n`);
  }
}

/** All kinds go through one run: two inputs of one API group would overwrite each other's file. */
function generate() {
  const scratch = mkdtempSync(join(tmpdir(), 'kyma-guard-import-'));
  try {
    const definitions = readdirSync(crds)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => JSON.parse(readFileSync(join(crds, file), 'utf8')))
      .filter((definition) => written.has(definition.spec.names.kind));
    const input = join(scratch, 'crds.yaml');
    writeFileSync(input, definitions.map((definition) => `---\n${JSON.stringify(forImport(definition))}\n`).join(''));
    runCdk8s(input, join(scratch, 'imports'), scratch);
    replaceImports(join(scratch, 'imports'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** From a scratch folder, so that no cdk8s.yaml is read or saved; without the upgrade check, which asks the npm registry. */
function runCdk8s(input, output, cwd) {
  const cli = join(dirname(createRequire(import.meta.url).resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  const options = ['--no-save', '--check-upgrade=false', '--language', 'typescript', '--output', output];
  execFileSync(process.execPath, [cli, 'import', input, ...options], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

function replaceImports(from) {
  const files = readdirSync(from).filter((file) => file.endsWith('.ts'));
  for (const file of readdirSync(imports)) if (file.endsWith('.ts') && !files.includes(file)) rmSync(join(imports, file));
  for (const file of files) writeFileSync(join(imports, file), typeOnlyImports(readFileSync(join(from, file), 'utf8')));
}

/** cdk8s imports interfaces as if they were values, which `isolatedModules` and `verbatimModuleSyntax` reject. */
function typeOnlyImports(text) {
  const patched = text.replace(
    /^import \{ ApiObject, ApiObjectMetadata, GroupVersionKind \} from/m,
    'import { ApiObject, type ApiObjectMetadata, type GroupVersionKind } from',
  );
  if (patched === text) throw new Error('cdk8s import writes its import line differently now; adapt typeOnlyImports');
  return patched;
}

function sortKeys(value) {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key])]),
  );
}
