import { mkdir, mkdtemp, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OutputUnwritableError } from '../model/errors';
import { isSystemError, reasonOf } from './system-error';

/**
 * Creates a folder with its parents, one after the other: the recursive `mkdir` of Node.js never ends where a file system takes no folders and says
 * that something is missing, as `/proc` does.
 *
 * @param path what is to be written there; stands in the error
 * @throws {OutputUnwritableError} ERR_OUTPUT_UNWRITABLE
 */
export async function makeFolders(folder: string, path: string, mode?: number): Promise<void> {
  const { missing } = await nearestFolder(folder, path);
  for (const one of missing.reverse()) {
    await mkdir(one, { ...(mode !== undefined && { mode }) }).catch((error: unknown) => {
      if (!(isSystemError(error) && error.code === 'EEXIST')) throw unwritable(path, error);
    });
  }
}

/**
 * Looks whether a file can be written, parents that are missing included. Nothing is left behind.
 * @throws {OutputUnwritableError} ERR_OUTPUT_UNWRITABLE
 */
export async function mustBeWritable(path: string): Promise<void> {
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isDirectory()) throw new OutputUnwritableError(path, 'is a folder, a file is expected');
  // A device or a pipe is written to as it is.
  if (facts && !facts.isFile()) return;
  const { folder } = await nearestFolder(dirname(path), path);
  try {
    await rmdir(await mkdtemp(join(folder, '.kyma-guard-')));
  } catch (error) {
    throw unwritable(path, error, folder);
  }
}

/** The nearest folder that is there, and those below it that are not, the deepest first. */
async function nearestFolder(start: string, path: string): Promise<{ readonly folder: string; readonly missing: string[] }> {
  const missing: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    const facts = await stat(folder).catch((error: unknown) => ifNotThere(path, error));
    if (facts?.isDirectory()) return { folder, missing };
    if (facts) throw new OutputUnwritableError(path, `${folder} is a file, a folder is expected`);
    if (folder === dirname(folder)) throw new OutputUnwritableError(path, 'no such file or folder');
    missing.push(folder);
  }
}

function ifNotThere(path: string, error: unknown): undefined {
  if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
  throw unwritable(path, error);
}

function unwritable(path: string, error: unknown, folder?: string): OutputUnwritableError {
  return new OutputUnwritableError(
    path,
    folder === undefined ? reasonOf(error) : `nothing can be created in ${folder} (${reasonOf(error)})`,
    error,
  );
}
