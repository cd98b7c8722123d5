import { extname } from 'node:path';
import type { Files } from '../../files/files';
import { isDnsSubdomain } from '../../model/names';
import { printManifests } from '../../model/print-manifests';
import { shortDigest } from '../../model/short-digest';
import type { SourceFile, SourceRoot } from '../input/source-file';
import type { OldApiRule } from '../old-api-rule';
import { companionText } from './companion-text';
import type { Companions, Output } from './migrated-files';

/** A file that a migration writes. */
export interface OutputFile {
  readonly kind: 'migrated' | 'companions' | 'fresh';
  /** Absent for what no tree holds. */
  readonly root?: SourceRoot;
  /** Path below the root, with slashes. */
  readonly below: string;
  /** Path beside its source; absent for standard input and for what no tree holds. */
  readonly path?: string;
  /** What stands at that path. */
  readonly before?: string;
  readonly after: string;
  /** APIRule (`namespace/name`) or file that companions belong to. */
  readonly of: string;
}

/** Files to write: what changed, what is new, and the companions beside them. */
export async function outputFiles({ files: migrated, companions, fresh }: Output, files: Files): Promise<readonly OutputFile[]> {
  const changed = migrated
    .filter(({ isChanged }) => isChanged)
    .map(({ source, text }): OutputFile => ({ ...placeOf(source), kind: 'migrated', before: source.text, after: text, of: source.path }));
  const made = fresh.map(({ old, apiRule }): OutputFile => ({
    kind: 'fresh',
    below: freshPath(old),
    after: printManifests([apiRule]),
    of: `${old.namespace}/${old.name}`,
  }));
  const beside = await Promise.all(companions.map((one) => companionFile(one, files)));
  return [...changed, ...made, ...beside.filter(({ before, after }) => after !== before)];
}

async function companionFile({ beside, objects }: Companions, files: Files): Promise<OutputFile> {
  if (!isSource(beside)) {
    const below = companionPath(freshPath(beside));
    return { kind: 'companions', below, after: companionText(objects, ''), of: `${beside.namespace}/${beside.name}` };
  }
  const { root, below, path } = placeOf(beside);
  const target = path === undefined ? undefined : companionPath(path);
  const before = target !== undefined && (await files.kindOf(target)) === 'file' ? await files.readText(target) : undefined;
  return {
    kind: 'companions',
    ...(root && { root }),
    below: companionPath(below),
    ...(target !== undefined && { path: target }),
    ...(before !== undefined && { before }),
    after: companionText(objects, before ?? ''),
    of: beside.path,
  };
}

function isSource(beside: Companions['beside']): beside is SourceFile {
  return 'below' in beside;
}

function placeOf({ root, below, path }: SourceFile): Pick<OutputFile, 'root' | 'below' | 'path'> {
  return { root, below, ...(root.kind !== 'stdin' && { path }) };
}

/** `orders.yaml` has its companions in `orders.companions.yaml`. */
export function companionPath(path: string): string {
  const ending = extname(path);
  return `${path.slice(0, path.length - ending.length)}.companions.yaml`;
}

/** Where an APIRule goes that no file of the trees holds, below the folder of the output. */
function freshPath({ namespace, name }: Pick<OldApiRule, 'namespace' | 'name'>): string {
  return `live/${fileName(namespace)}/${fileName(name)}.yaml`;
}

/** A name that leads out of no folder, whatever a dump holds. */
function fileName(name: string): string {
  return isDnsSubdomain(name) ? name : `name-${shortDigest(name)}`;
}
