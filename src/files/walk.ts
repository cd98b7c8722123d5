import { extname } from 'node:path';
import type { Entry, Files } from './files';

const manifestEndings = new Set(['.yaml', '.yml', '.json']);
const skippedFolders = new Set(['node_modules', '.git']);

/**
 * Manifest files below a path, in code point order: `.yaml`, `.yml`, `.json`. A path that is a file is taken as it is.
 * Symbolic links are followed once; loops end.
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when the path itself cannot be read
 */
export async function* walkManifests(files: Files, path: string): AsyncGenerator<string> {
  const kind = await files.kindOf(path);
  if (kind !== 'folder') {
    yield path;
    return;
  }
  yield* below(files, path, new Set([await files.resolveLinks(path)]));
}

async function* below(files: Files, folder: string, seen: Set<string>): AsyncGenerator<string> {
  for (const entry of await files.list(folder)) {
    if (entry.kind === 'file' && isManifestFile(entry)) yield entry.path;
    if (entry.kind !== 'folder' || skippedFolders.has(entry.name)) continue;
    const real = await files.resolveLinks(entry.path);
    if (seen.has(real)) continue;
    seen.add(real);
    yield* below(files, entry.path, seen);
  }
}

function isManifestFile({ name }: Entry): boolean {
  return manifestEndings.has(extname(name)) && name !== 'construct-metadata.json';
}
