import { isAbsolute, join, sep } from 'node:path';
import type { Entry, Files } from '../files/files';

/** Where a path leads, or why it may not be used. */
export type Inside = { readonly path: string; readonly kind: Entry['kind'] } | { readonly problem: string };

/**
 * Resolves a path of the configuration below its folder. Neither `..` nor a symbolic link leads out, so a configuration from elsewhere
 * cannot pull files of this machine into manifests.
 */
export async function insideFolder(files: Files, folder: string, path: string): Promise<Inside> {
  const shown = JSON.stringify(path);
  if (path.includes('\0') || path.includes('\\')) return { problem: `is ${shown}; give a path with / between its parts` };
  if (isAbsolute(path) || /^[A-Za-z]:/.test(path))
    return { problem: `is ${shown}, an absolute path; give one relative to the folder of this file` };
  if (path.split('/').includes('..'))
    return { problem: `is ${shown}, which leaves the folder of this file; move the file below that folder` };
  const full = join(folder, path);
  const kind = await files.kindOf(full);
  if (kind === undefined) return { problem: `is ${shown}; no such file or folder` };
  if (kind === 'other') return { problem: `is ${shown}, which is neither a file nor a folder` };
  const [real, realFolder] = await Promise.all([files.resolveLinks(full), files.resolveLinks(folder)]);
  const below = realFolder.endsWith(sep) ? realFolder : `${realFolder}${sep}`;
  if (real !== realFolder && !real.startsWith(below))
    return { problem: `is ${shown}, a symbolic link that leads out of the folder of this file; copy what it points to` };
  return { path: full, kind };
}
