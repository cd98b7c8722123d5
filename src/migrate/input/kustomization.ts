import { dirname, join } from 'node:path';
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../../model/json';
import { listAt, objectAt, objectsAt, textOf } from '../../model/json-fields';
import { readYamlDocument } from '../../model/read-yaml-document';
import { splitDocuments } from '../../model/split-documents';
import { yamlPlaces } from '../../model/yaml-places';

/** What a file of kustomize says of patches. */
export interface Kustomization {
  readonly file: string;
  /** Patches in files of their own. */
  readonly patchFiles: readonly PatchFile[];
  /** Patches that stand in the file itself. */
  readonly inline: readonly InlinePatch[];
  /** Files that it lists as resources, as paths like those of a walk. */
  readonly resources: readonly string[];
}

/** What a patch is applied to, as far as the file says so. */
export interface PatchTarget {
  readonly kind?: string;
  readonly name?: string;
}

export interface PatchFile {
  readonly path: string;
  readonly target: PatchTarget;
}

export interface InlinePatch {
  readonly text: string;
  /** Line of the file on which its text begins, from 1. */
  readonly line: number;
  readonly target: PatchTarget;
}

/** Names that kustomize looks for in a folder. */
export const kustomizationNames: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Reads a file of kustomize; nothing when it is no mapping. */
export function readKustomization(file: string, text: string): Kustomization | undefined {
  const [range] = splitDocuments(text);
  const slice = range && { file, text, ...range, column: 1 };
  const read = slice && readYamlDocument(slice);
  if (!read || 'problem' in read || !isJsonObject(read.value)) return undefined;
  const folder = dirname(file);
  const { value } = read;
  const lines = text.split('\n');
  const places = yamlPlaces(slice);
  // The text of a block begins on the line behind its sign.
  const lineOf = (path: JsonPath): number => {
    const { line, column } = places.locate(path);
    return /[|>]/.test(lines[line - 1]?.charAt(column - 1) ?? '') ? line + 1 : line;
  };
  const patches = ['patches', 'patchesJson6902'].flatMap((key) =>
    objectsAt(value, key).map(([patch, index]) => ({ patch, place: [key, index, 'patch'] })),
  );
  const merges = listAt(value, 'patchesStrategicMerge').flatMap((entry, index) =>
    typeof entry === 'string' ? [{ entry, place: ['patchesStrategicMerge', index] }] : [],
  );
  return {
    file,
    patchFiles: [
      ...patches.flatMap(({ patch }) => pathOf(folder, patch['path'], targetOf(patch))),
      ...merges.filter(({ entry }) => !entry.includes('\n')).map(({ entry }) => ({ path: join(folder, entry), target: {} })),
    ],
    inline: [
      ...patches.flatMap(({ patch, place }) =>
        typeof patch['patch'] === 'string' ? [{ text: patch['patch'], line: lineOf(place), target: targetOf(patch) }] : [],
      ),
      ...merges.filter(({ entry }) => entry.includes('\n')).map(({ entry, place }) => ({ text: entry, line: lineOf(place), target: {} })),
    ],
    resources: [...listAt(value, 'resources'), ...listAt(value, 'bases')].flatMap((entry) =>
      typeof entry === 'string' ? [join(folder, entry)] : [],
    ),
  };
}

function pathOf(folder: string, path: JsonValue | undefined, target: PatchTarget): PatchFile[] {
  return typeof path === 'string' ? [{ path: join(folder, path), target }] : [];
}

function targetOf(patch: JsonObject): PatchTarget {
  const target = objectAt(patch, 'target');
  const [kind, name] = [textOf(target['kind']), textOf(target['name'])];
  return { ...(kind !== '' && { kind }), ...(name !== '' && { name }) };
}
