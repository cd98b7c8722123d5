import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Files } from '../../files/files';
import { OutputUnwritableError, UsageError } from '../../model/errors';
import type { SourceRoot } from '../input/source-file';
import type { OutputFile } from './output-files';

/**
 * Writes every file in the place of its source, all of them or none.
 * @throws {OutputUnwritableError} ERR_OUTPUT_UNWRITABLE when a file changed since it was read, or cannot be written
 */
export async function writeInPlace(files: Files, output: readonly OutputFile[]): Promise<readonly string[]> {
  const changes = output.flatMap(({ path, before, after }) =>
    path === undefined ? [] : [{ path, ...(before !== undefined && { before }), after }],
  );
  if (changes.length > 0) await files.replaceFiles(changes);
  return changes.map(({ path }) => path);
}

/** How a folder is written to. */
export interface FolderOptions {
  readonly folder: string;
  readonly roots: readonly SourceRoot[];
  /** Replace files of the same names that say something else. @default false */
  readonly force?: boolean;
}

/**
 * Writes every file below a folder, in the layout of the roots; several roots stand there beside each other. A folder that holds anything
 * else than what would be written is refused.
 *
 * @throws {UsageError} ERR_USAGE when the folder is a root, or stands in one or above one
 * @throws {OutputUnwritableError} ERR_OUTPUT_UNWRITABLE when the folder holds something else, or cannot be written
 */
export async function writeToFolder(files: Files, output: readonly OutputFile[], options: FolderOptions): Promise<readonly string[]> {
  requireApart(options);
  if (output.length === 0) return [];
  const names = rootNames(options.roots);
  const targets = output.map(({ root, below, after }) => ({
    path: join(options.folder, root ? (names.get(root.path) ?? '') : '', below),
    after,
  }));
  const found = await Promise.all(
    targets.map(async ({ path }) => ((await files.kindOf(path)) === undefined ? undefined : files.readText(path))),
  );
  const same = targets.flatMap(({ path, after }, index) => (found[index] === after ? [path] : []));
  if (options.force !== true) await requireOwn(files, options.folder, new Set(same));
  const changes = targets.flatMap((target, index) => {
    const before = found[index];
    return before === target.after ? [] : [{ ...target, ...(before !== undefined && { before }) }];
  });
  if (changes.length > 0) await files.replaceFiles(changes);
  return targets.map(({ path }) => path);
}

function requireApart({ folder, roots }: FolderOptions): void {
  const own = resolve(folder);
  for (const { path, kind } of roots) {
    if (kind !== 'folder') continue;
    const root = resolve(path);
    if (own === root || own.startsWith(root + sep) || root.startsWith(own + sep))
      throw new UsageError(
        `--out ${folder} and the input ${path} are one tree`,
        'Give a folder beside the input, or --write to replace files in place.',
      );
  }
}

/** Folder of each root below the output: none for a single root, else the part of its path that tells it from the others. */
function rootNames(roots: readonly SourceRoot[]): ReadonlyMap<string, string> {
  const trees = roots.filter(({ kind }) => kind !== 'live');
  if (trees.length < 2) return new Map(trees.map(({ path }) => [path, '']));
  const folders = trees.map(({ path, kind }) => ({ path, kind, folder: folderOf(path, kind) }));
  const common = folders.map(({ folder, kind }) => (kind === 'folder' ? dirname(folder) : folder)).reduce(commonFolder);
  return new Map(folders.map(({ path, folder }) => [path, relative(common, folder)]));
}

function folderOf(path: string, kind: SourceRoot['kind']): string {
  if (kind === 'folder') return resolve(path);
  return kind === 'stdin' ? resolve('.') : dirname(resolve(path));
}

function commonFolder(a: string, b: string): string {
  let common = a;
  while (b !== common && !b.startsWith(common.endsWith(sep) ? common : common + sep)) common = dirname(common);
  return common;
}

const foreignHint =
  'Give another folder, or --force to replace files of the same names: what was finished by hand in them is lost. Nothing was changed.';

/** A folder that was written before is as it would be written now; the first file that is not ends the search. */
async function requireOwn(files: Files, folder: string, own: ReadonlySet<string>): Promise<void> {
  if ((await files.kindOf(folder)) !== 'folder') return;
  for await (const path of filesBelow(files, folder, new Set())) {
    if (own.has(path)) continue;
    const reason = `the folder is not empty, and ${path} is not what would be written`;
    throw new OutputUnwritableError(folder, reason, undefined, foreignHint);
  }
}

async function* filesBelow(files: Files, folder: string, seen: Set<string>): AsyncGenerator<string> {
  const real = await files.resolveLinks(folder);
  if (seen.has(real)) return;
  seen.add(real);
  for (const { path, kind } of await files.list(folder)) {
    if (kind === 'folder') yield* filesBelow(files, path, seen);
    else yield path;
  }
}
