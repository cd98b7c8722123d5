import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OutputUnwritableError } from '../model/errors';
import { decodeText } from './decode-text';
import { makeFolders } from './make-folders';
import { isSystemError, reasonOf } from './system-error';

/** A file that is written together with others. */
export interface FileChange {
  readonly path: string;
  /** Text that it had when it was read; absent when there must be no such file yet. */
  readonly before?: string;
  readonly after: string;
}

/** One file on its way: what stands there now, and the new text beside it. */
interface Prepared {
  /** Where the file really is: links stay what they are. */
  readonly target: string;
  readonly temporary: string;
  /** Bytes of now; absent when there is no file. */
  readonly old?: Buffer;
}

/**
 * Writes several files, all of them or none: every new text stands on the disk before the first file is replaced, and what was replaced
 * before an error comes back. A file that no longer holds the text that was read, or that came into being meanwhile, is such an error.
 * Encoding, byte order mark and mode of a file stay.
 *
 * @throws {OutputUnwritableError} ERR_OUTPUT_UNWRITABLE when a file changed meanwhile or cannot be written
 */
export async function replaceFiles(changes: readonly FileChange[]): Promise<void> {
  const prepared: Prepared[] = [];
  const replaced: Prepared[] = [];
  try {
    for (const change of changes) prepared.push(await prepare(change));
    for (const [index, change] of changes.entries()) {
      const one = prepared[index];
      if (!one) continue;
      await mustBeAsRead(change, one.target);
      await rename(one.temporary, one.target).catch((error: unknown) => {
        throw unwritable(change.path, error);
      });
      replaced.push(one);
    }
  } catch (error) {
    for (const { target, old } of replaced.reverse()) await (old ? putBack(target, old) : rm(target, { force: true }));
    throw error;
  } finally {
    for (const { temporary } of prepared) await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function prepare(change: FileChange): Promise<Prepared> {
  const { path, after } = change;
  const target = await realpath(path).catch(() => path);
  try {
    const old = await mustBeAsRead(change, target);
    await makeFolders(dirname(target), path);
    const mode = old ? (await stat(target)).mode & 0o777 : 0o644;
    const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
    await writeNew(temporary, encodeLike(after, old), mode);
    return { target, temporary, ...(old && { old }) };
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** What stands there, if it is what was read. */
async function mustBeAsRead({ path, before }: FileChange, target: string): Promise<Buffer | undefined> {
  const now = await readFile(target).catch((error: unknown) => ifMissing(path, error));
  const text = now && decodeText(path, now);
  if (text === before) return now;
  throw new OutputUnwritableError(
    path,
    before === undefined ? 'it came into being meanwhile, or was there before' : 'it was changed since it was read',
  );
}

function ifMissing(path: string, error: unknown): undefined {
  if (isSystemError(error) && error.code === 'ENOENT') return undefined;
  throw unwritable(path, error);
}

async function writeNew(path: string, bytes: Buffer, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
  await chmod(path, mode);
}

async function putBack(target: string, old: Buffer): Promise<void> {
  const file = await open(target, 'w');
  try {
    await file.writeFile(old);
  } finally {
    await file.close();
  }
}

/** The text in the encoding of the bytes that it replaces, with their byte order mark. */
function encodeLike(text: string, old: Buffer | undefined): Buffer {
  const [first, second] = old ?? [];
  if (first === 0xff && second === 0xfe) return Buffer.from(`\uFEFF${text}`, 'utf16le');
  if (first === 0xfe && second === 0xff) return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  return Buffer.from(first === 0xef && second === 0xbb ? `\uFEFF${text}` : text);
}

function unwritable(path: string, error: unknown): Error {
  if (!isSystemError(error)) return error as Error;
  return new OutputUnwritableError(path, reasonOf(error), error);
}
