// Bundles what `verify` uses into one file. Writes to a folder: `verifier.json`, the compressed file as `{ sha256, gzip }` with the digest of the
// compressed bytes; `inputs.json`, what it is made of; `LICENSES.txt`, the licences of the packages in it. The same sources give the same bytes.
// Usage: node scripts/bundle-verifier.mjs [FOLDER]
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const [folder = join(root, 'lib/verifier')] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What packages bring along and no request of `verify` uses: forms with files (and a list of all media types with them), and debug output. */
const leftOut = {
  'form-data': 'module.exports = class FormData { constructor() { throw new Error("forms with files are not part of the verifier"); } };',
  debug: 'module.exports = () => () => undefined;',
};
const withoutUnused = {
  name: 'without-unused',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(form-data|debug)$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({ contents: leftOut[path] }));
  },
};

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/verify-bin.ts'],
  bundle: true,
  write: false,
  metafile: true,
  minify: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // Its ES modules, of which only what is used is taken.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'warning',
  define: { KYMA_GUARD_VERSION: JSON.stringify(version) },
  plugins: [withoutUnused],
});

const compressed = gzipSync(outputFiles[0].contents, { level: 9 });
// RFC 1952, 2.3.1: time and system of the maker, which say nothing about the content.
compressed.fill(0, 4, 8);
compressed[9] = 255;
const sha256 = createHash('sha256').update(compressed).digest('hex');

const inputs = Object.keys(metafile.inputs).sort();
const packages = [...new Set(inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []))];

/** The text that has to travel with a copy: a file of its own, or the last part of the readme. */
function licenseText(at) {
  const files = readdirSync(at);
  const file = files.find((entry) => /^licen[cs]e/i.test(entry));
  if (file !== undefined) return readFileSync(join(at, file), 'utf8').trim();
  const text = /^(?:#+ )?licen[cs]e\n(?:[-=]+\n)?([^]+)$/im.exec(readFileSync(join(at, 'README.md'), 'utf8'))?.[1];
  if (text === undefined) throw new Error(`${at} has no licence text, without which it cannot be passed on`);
  return text.trim();
}

function licenseOf(name) {
  const at = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'));
  return `${name} ${version} (${license})\n\n${licenseText(at)}\n`;
}

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'verifier.json'), `${JSON.stringify({ sha256, gzip: compressed.toString('base64') })}\n`);
writeFileSync(join(folder, 'inputs.json'), `${JSON.stringify({ bytes: outputFiles[0].contents.length, inputs, packages }, null, 2)}\n`);
writeFileSync(join(folder, 'LICENSES.txt'), packages.map(licenseOf).join('\n----\n\n'));
process.stdout.write(`verifier: ${outputFiles[0].contents.length} bytes, ${compressed.length} compressed, sha256 ${sha256}\n`);
