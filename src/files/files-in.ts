import { join, resolve } from 'node:path';
import type { Entry, Files } from './files';

/** The same files, with relative paths counted from a folder instead of the one that the process runs in. Names stay as they are given. */
export function filesIn(files: Files, folder: string): Files {
  const at = (path: string): string => resolve(folder, path);
  return {
    readText: (path, maxBytes) => files.readText(at(path), maxBytes),
    list: async (path) => (await files.list(at(path))).map((entry): Entry => ({ ...entry, path: join(path, entry.name) })),
    kindOf: (path) => files.kindOf(at(path)),
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
