import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from './temporary-folder';

/** What `package.json` says, as far as packing and its users need it. */
export interface PackageJson {
  readonly files: readonly string[];
  readonly devDependencies: Readonly<Record<string, string>>;
}

export const packageJson = JSON.parse(readFileSync('package.json', 'utf8')) as PackageJson;

/**
 * Packs the package beside the working tree and returns the path of the tarball. What `npm run build` made is taken where it is newer than
 * every source, and made anew otherwise. Types are checked by `npm run typecheck`.
 */
export function packPackage(): string {
  const folder = temporaryFolder();
  const isBuilt = existsSync(lastBuilt) && newest(['src', 'imports', 'crds', 'tsconfig.build.json']) < statSync(lastBuilt).mtimeMs;
  for (const name of ['package.json', 'README.md', 'LICENSE', ...packageJson.files]) {
    if ((isBuilt || !name.startsWith('lib')) && existsSync(name)) cpSync(name, join(folder, name), { recursive: true });
  }
  const compile = [resolve('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--noCheck', '--outDir', join(folder, 'lib')];
  if (!isBuilt) execFileSync(process.execPath, compile);
  const output = npm(folder, 'pack', '--json', '--ignore-scripts');
  const [packed] = JSON.parse(output) as { filename: string }[];
  return join(folder, packed?.filename ?? '');
}

/** The last that `npm run build` writes. */
const lastBuilt = 'lib/verifier/verifier.json';

/** When the newest of some files and of all files below some folders was changed, in milliseconds since 1970. */
function newest(names: readonly string[]): number {
  const below = (name: string): string[] =>
    statSync(name).isDirectory() ? readdirSync(name, { recursive: true, encoding: 'utf8' }).map((file) => join(name, file)) : [];
  return Math.max(...names.flatMap((name) => [name, ...below(name)]).map((name) => statSync(name).mtimeMs));
}

/** Runs npm in a folder and returns what it prints. */
export function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
