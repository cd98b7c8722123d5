import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from './temporary-folder';

/** What `package.json` says, as far as packing and its users need it. */
export interface PackageJson {
  readonly files: readonly string[];
  readonly devDependencies: Readonly<Record<string, string>>;
}

export const packageJson = JSON.parse(readFileSync('package.json', 'utf8')) as PackageJson;

/** Builds and packs the package beside the working tree and returns the path of the tarball. Types are checked by `npm run typecheck`. */
export function packPackage(): string {
  const folder = temporaryFolder();
  for (const name of ['package.json', 'README.md', 'LICENSE', ...packageJson.files]) {
    if (!name.startsWith('lib') && existsSync(name)) cpSync(name, join(folder, name), { recursive: true });
  }
  const compile = [resolve('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--noCheck', '--outDir', join(folder, 'lib')];
  execFileSync(process.execPath, compile);
  const output = npm(folder, 'pack', '--json', '--ignore-scripts');
  const [packed] = JSON.parse(output) as { filename: string }[];
  return join(folder, packed?.filename ?? '');
}

/** Runs npm in a folder and returns what it prints. */
export function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
