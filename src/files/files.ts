import { constants } from 'node:fs';
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FileUnreadableError, OutputUnwritableError } from '../model/errors';
import { decodeText } from './decode-text';
import { makeFolders, mustBeWritable } from './make-folders';
import { replaceFiles, type FileChange } from './replace-files';
import { isSystemError, reasonOf } from './system-error';

/** One name in a folder. A symbolic link is reported as what it points to. */
export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'other';
}

/** A file to be written: `path` is relative to the folder it goes to. */
export interface FileText {
  readonly path: string;
  readonly text: string;
}

/** The only access to files. Handed to those who need it, so that tests and other programs can give their own. */
export interface Files {
  /**
   * Reads a text file, UTF-8 or UTF-16 with a byte order mark.
   * @param maxBytes refuse larger files. @default 268435456
   * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when it is missing, a folder, binary, too large or not permitted
   */
  readText(path: string, maxBytes?: number): Promise<string>;
  /** Names in a folder, sorted by code point. @throws {FileUnreadableError} ERR_FILE_UNREADABLE */
  list(path: string): Promise<readonly Entry[]>;
  /** What stands at a path, or undefined. */
  kindOf(path: string): Promise<Entry['kind'] | undefined>;
  /** True when only this user may read what stands at a path. Links are not followed: they could point to another's file. */
  isPrivate(path: string): Promise<boolean>;
  /** The path without symbolic links. @throws {FileUnreadableError} ERR_FILE_UNREADABLE when it does not exist */
  resolveLinks(path: string): Promise<string>;
  /** Writes beside the target, then renames: readers see the old or the new text, never a part. @param mode @default 0o644 */
  writeAtomic(path: string, text: string, mode?: number): Promise<void>;
  /** Writes into the file that stands at the path, without putting another in its place: a mounted file cannot be replaced. */
  writeInto(path: string, text: string): Promise<void>;
  /** Replaces a folder by the given files: all of them or, on any error, none. Names in `keep` are carried over if they exist. */
  replaceFolder(path: string, files: Iterable<FileText> | AsyncIterable<FileText>, keep?: readonly string[]): Promise<void>;
  /**
   * Writes several files, all of them or none. Encoding, byte order mark and mode of a file stay; a link stays what it is.
   * @throws {OutputUnwritableError} ERR_OUTPUT_UNWRITABLE when a file is not what was read any more, or cannot be written
   */
  replaceFiles(changes: readonly FileChange[]): Promise<void>;
  /** Looks whether {@link writeAtomic} could write a file; nothing is left behind. @throws {OutputUnwritableError} ERR_OUTPUT_UNWRITABLE */
  mustBeWritable(path: string): Promise<void>;
  /** Creates a folder with its parents. @param mode @default 0o755 */
  makeFolder(path: string, mode?: number): Promise<void>;
  /** Removes a file or a whole folder; a missing one is fine. */
  remove(path: string): Promise<void>;
}

const defaultMaxBytes = 256 * 1024 * 1024;

/** Files of this machine. */
export const diskFiles: Files = {
  async readText(path, maxBytes = defaultMaxBytes) {
    return decodeText(path, await readBytes(path, maxBytes));
  },
  async list(path) {
    const names = await readdir(path).catch((error: unknown) => unreadable(path, error));
    const entries = await Promise.all(names.sort().map(async (name) => entryOf(join(path, name), name)));
    return entries.filter((entry) => entry !== undefined);
  },
  kindOf: async (path) => (await entryOf(path, basename(path)))?.kind,
  async isPrivate(path) {
    const facts = await lstat(path).catch((error: unknown) => unreadable(path, error));
    // Systems without owners and modes have no such question.
    if (process.getuid === undefined) return true;
    return !facts.isSymbolicLink() && facts.uid === process.getuid() && (facts.mode & 0o077) === 0;
  },
  resolveLinks: (path) => realpath(path).catch((error: unknown) => unreadable(path, error)),
  async writeAtomic(path, text, mode = 0o644) {
    const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
    try {
      // A device or a pipe is written to; renaming a file over it would take it away from everybody.
      if ((await stat(path).catch(() => undefined))?.isFile() === false) {
        await writeFile(path, text);
        return;
      }
      await makeFolders(dirname(path), path);
      await rm(temporary, { force: true });
      await writeNew(temporary, text, mode);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw unwritable(path, error);
    }
  },
  writeInto: (path, text) =>
    writeFile(path, text).catch((error: unknown) => {
      throw unwritable(path, error);
    }),
  replaceFolder,
  replaceFiles,
  makeFolder: (path, mode = 0o755) => makeFolders(path, path, mode),
  mustBeWritable,
  remove: (path) => rm(path, { recursive: true, force: true }),
};

async function replaceFolder(
  path: string,
  files: Iterable<FileText> | AsyncIterable<FileText>,
  keep: readonly string[] = [],
): Promise<void> {
  let fresh: string | undefined;
  try {
    await makeFolders(dirname(path), path);
    fresh = await mkdtemp(join(dirname(path), `.${basename(path)}-`));
    const made = new Set<string>([fresh]);
    for await (const file of files) {
      const target = join(fresh, file.path);
      if (!made.has(dirname(target))) await mkdir(dirname(target), { recursive: true });
      for (let folder = dirname(target); !made.has(folder); folder = dirname(folder)) made.add(folder);
      await writeNew(target, file.text, 0o644);
    }
    for (const name of keep) await copyFile(join(path, name), join(fresh, name)).catch(ignoreMissing);
    // What `mkdtemp` makes is for its owner alone, and the umask may take rights away: manifests are for everybody, as their files are.
    for (const folder of made) await chmod(folder, 0o755);
    await swap(path, fresh);
  } catch (error) {
    if (fresh) await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    throw unwritable(path, error);
  }
}

/** The old folder steps aside under another name and is removed only when the new one stands. */
async function swap(path: string, fresh: string): Promise<void> {
  const old = `${fresh}.old`;
  const hadOld = await rename(path, old).then(() => true, ignoreMissing);
  try {
    await rename(fresh, path);
  } catch (error) {
    if (hadOld) await rename(old, path);
    throw error;
  }
  if (hadOld) await rm(old, { recursive: true, force: true });
}

async function writeNew(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.chmod(mode);
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

async function readBytes(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY).catch((error: unknown) => unreadable(path, error));
  try {
    const facts = await file.stat();
    if (facts.isDirectory()) throw new FileUnreadableError(path, 'is a folder, a file is expected');
    if (facts.size > maxBytes)
      throw new FileUnreadableError(path, `has ${facts.size} bytes, at most ${maxBytes} are read`, 'Split the file.');
    if (facts.isFile()) return await file.readFile();
    return await readToEnd(path, file, maxBytes);
  } catch (error) {
    return unreadable(path, error);
  } finally {
    await file.close();
  }
}

/** Pipes and devices do not tell how much comes; some never end. */
async function readToEnd(path: string, file: FileHandle, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let total = 0;
  for await (const part of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
    parts.push(part);
    total += part.length;
    if (total > maxBytes) throw new FileUnreadableError(path, `has more than ${maxBytes} bytes, which is the most that is read`);
  }
  return Buffer.concat(parts);
}

async function entryOf(path: string, name: string): Promise<Entry | undefined> {
  const facts = await stat(path).catch(() => lstat(path).catch(() => undefined));
  if (!facts) return undefined;
  return { name, path, kind: facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other' };
}

function unreadable(path: string, error: unknown): never {
  if (error instanceof FileUnreadableError) throw error;
  throw new FileUnreadableError(path, reasonOf(error), undefined, error);
}

function unwritable(path: string, error: unknown): Error {
  return error instanceof OutputUnwritableError || !isSystemError(error)
    ? (error as Error)
    : new OutputUnwritableError(path, reasonOf(error), error);
}

function ignoreMissing(error: unknown): false {
  if (isSystemError(error) && error.code === 'ENOENT') return false;
  throw error;
}
