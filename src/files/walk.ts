import { basename, dirname, extname } from 'node:path';
import { FileUnreadableError } from '../model/errors';
import type { Entry, Files } from './files';

const manifestEndings = new Set(['.yaml', '.yml', '.json']);
const skippedFolders = new Set(['node_modules', '.git']);
/**
 * Link to the current version of a mounted ConfigMap or Secret. The files beside it lead through it, so that the folder behind it holds nothing else.
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
 */
const mountedData = '..data';

/** What a walk met. */
export interface Found {
  readonly path: string;
  readonly name: string;
  /** True for the path that the walk began with. */
  readonly isNamed: boolean;
  /** Folder of the Helm chart that it belongs to: the nearest one above that holds a `Chart.yaml`. */
  readonly chart?: string;
  /** Set when it cannot be read: why. */
  readonly error?: FileUnreadableError;
  /** True for a link that leads nowhere or a device, which has the name of a manifest. */
  readonly isOther?: boolean;
}

/**
 * What the paths of a command line lead to, in their order; `-` stands for itself. What one path has led to, a later one does not lead to again: the
 * same file twice is one file.
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when a path cannot be read
 */
export async function* walkPaths(files: Files, paths: readonly string[]): AsyncGenerator<Found | '-'> {
  const before = new Set<string>();
  for (const path of paths) {
    const own: string[] = [];
    if (path === '-') {
      if (!before.has(path)) yield path;
      own.push(path);
    } else
      for await (const found of walkInput(files, path)) {
        const real = paths.length === 1 ? found.path : await files.resolveLinks(found.path).catch(() => found.path);
        if (before.has(real)) continue;
        own.push(real);
        yield found;
      }
    for (const real of own) before.add(real);
  }
}

/**
 * Manifest files that the paths of a command line lead to, in code point order below each: `.yaml`, `.yml`, `.json`. A path that is a file is taken
 * as it is; `-` stands for itself. Symbolic links are followed once; loops end.
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when a path itself or a folder below it cannot be read
 */
export async function* walkManifests(files: Files, ...paths: readonly string[]): AsyncGenerator<string> {
  for await (const found of walkPaths(files, paths)) {
    if (found === '-') yield found;
    else if (found.error !== undefined && found.isOther !== true) throw found.error;
    else if (found.isOther !== true) yield found.path;
  }
}

/**
 * The same, with what cannot be read among what can.
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when the path itself cannot be read
 */
export async function* walkInput(files: Files, path: string): AsyncGenerator<Found> {
  const kind = await files.kindOf(path);
  if (kind !== 'folder') {
    yield { path, name: basename(path), isNamed: true };
    return;
  }
  const seen = new Set([await files.resolveLinks(path)]);
  yield* among(files, await files.list(path), seen, undefined);
}

async function* among(files: Files, entries: readonly Entry[], seen: Set<string>, chartAbove: string | undefined): AsyncGenerator<Found> {
  const own = entries.find(({ name, kind }) => name === 'Chart.yaml' && kind === 'file');
  const chart = own ? dirname(own.path) : chartAbove;
  const isMounted = entries.some(({ name }) => name === mountedData);
  for (const { path, name, kind } of entries) {
    if (isMounted && name.startsWith('..')) continue;
    const found = { path, name, isNamed: false, ...(chart !== undefined && { chart }) };
    if (kind === 'folder') yield* below(files, found, seen);
    else if (!isManifestName(name)) continue;
    else if (kind === 'file') yield found;
    // An editor leaves such a link while a file is open.
    else if (!name.startsWith('.#'))
      yield { ...found, isOther: true, error: new FileUnreadableError(path, 'is no file, or a link to nothing') };
  }
}

async function* below(files: Files, folder: Found, seen: Set<string>): AsyncGenerator<Found> {
  if (skippedFolders.has(folder.name)) return;
  let entries: readonly Entry[];
  try {
    const real = await files.resolveLinks(folder.path);
    if (seen.has(real)) return;
    seen.add(real);
    entries = await files.list(folder.path);
  } catch (error) {
    if (!(error instanceof FileUnreadableError)) throw error;
    yield { ...folder, error };
    return;
  }
  yield* among(files, entries, seen, folder.chart);
}

function isManifestName(name: string): boolean {
  return manifestEndings.has(extname(name)) && name !== 'construct-metadata.json';
}
