import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import type { Files } from '../files/files';

/** Files that remember what was read through them. */
export interface InputRecord {
  readonly files: Files;
  /** SHA-256 over names and texts, in hex; the same wherever the folder is. */
  digest(folder: string): string;
}

/** Lets a run say what it was made of: configuration, overlays, lock file, descriptors and sources. */
export function recordInput(files: Files): InputRecord {
  const digests = new Map<string, string>();
  const readText: Files['readText'] = async (path, maxBytes) => {
    const text = await files.readText(path, maxBytes);
    digests.set(path, sha256(text));
    return text;
  };
  const digest = (folder: string): string =>
    sha256(JSON.stringify([...digests].map(([path, hash]) => [relative(folder, path).replaceAll('\\', '/'), hash]).sort()));
  return { files: { ...files, readText }, digest };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
