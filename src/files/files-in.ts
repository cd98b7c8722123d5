import { join, resolve } from 'node:path';
import { FileUnreadableError } from '../model/errors';
import type { Entry, Files } from './files';

/** The same files, with relative paths counted from a folder instead of the one that the process runs in. Names stay as they are given. */
export function filesIn(files: Files, folder: string): Files {
  const at = (path: string): string => resolve(folder, path);
  return {
    readText: (path, maxBytes) => asGiven(path, files.readText(at(path), maxBytes)),
    list: async (path) => (await asGiven(path, files.list(at(path)))).map((entry): Entry => ({ ...entry, path: join(path, entry.name) })),
    kindOf: (path) => asGiven(path, files.kindOf(at(path))),
    isPrivate: (path) => files.isPrivate(at(path)),
    resolveLinks: (path) => files.resolveLinks(at(path)),
    writeAtomic: (path, text, mode) => files.writeAtomic(at(path), text, mode),
    writeInto: (path, text) => files.writeInto(at(path), text),
    replaceFolder: (path, all, keep) => files.replaceFolder(at(path), all, keep),
    replaceFiles: (changes) => files.replaceFiles(changes.map((change) => ({ ...change, path: at(change.path) }))),
    mustBeWritable: (path) => files.mustBeWritable(at(path)),
    makeFolder: (path, mode) => files.makeFolder(at(path), mode),
    remove: (path) => files.remove(at(path)),
  };
}

/** An error names the path as it was given, too. */
async function asGiven<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof FileUnreadableError)) throw error;
    throw new FileUnreadableError(path, error.reason, error.hint, error);
  }
}
