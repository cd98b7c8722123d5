import type { Files } from '../files/files';
import { isJsonObject, type JsonValue } from '../model/json';
import { isDnsLabel } from '../model/names';
import { insideFolder } from './inside-folder';
import { locateIn, type Layer, type Locate } from './place';
import type { Problems } from './problems';
import { parseSource, type SourceDocument } from './source-document';

/** An environment before its layers are merged. */
export interface LayeredEnvironment {
  /** Absent when the configuration declares no environments. */
  readonly name: string | undefined;
  /** From the bottom to the top. */
  readonly layers: readonly Layer[];
}

/** Context of reading one configuration. */
export interface Reading {
  readonly files: Files;
  /** Folder of the configuration. */
  readonly folder: string;
  readonly problems: Problems;
}

/** The environments of a file with the overlays that they put over it. */
export async function layersOf(source: SourceDocument, reading: Reading): Promise<LayeredEnvironment[]> {
  // What validate reads is the same for every environment.
  const { environments: declared, validate: _validate, ...data } = source.data;
  const base: Layer = { source, prefix: [], data };
  const locate = locateIn([base]);
  if (declared === undefined) return [{ name: undefined, layers: [base] }];
  if (!isJsonObject(declared) || Object.keys(declared).length === 0) {
    reading.problems.addFindings(
      [{ path: ['environments'], message: 'holds no environment; give names with overlays, or remove it' }],
      locate,
    );
    return [{ name: undefined, layers: [base] }];
  }
  const environments: LayeredEnvironment[] = [];
  for (const [name, overlay] of Object.entries(declared)) {
    const message = 'is no name for a folder of dist/; give lower-case letters, digits and hyphens';
    if (!isDnsLabel(name)) reading.problems.addFindings([{ path: ['environments', name], message }], locate);
    else environments.push({ name, layers: [base, ...(await overlayOf(name, overlay, base, { ...reading, locate }))] });
  }
  return environments;
}

async function overlayOf(
  name: string,
  overlay: JsonValue | undefined,
  base: Layer,
  reading: Reading & { locate: Locate },
): Promise<Layer[]> {
  const path = ['environments', name];
  if (overlay === null || overlay === undefined) return [];
  if (isJsonObject(overlay)) return [{ source: base.source, prefix: path, data: overlay }];
  if (typeof overlay === 'string') return overlayFile(overlay, path, reading);
  reading.problems.addFindings([{ path, message: 'is no overlay; give a mapping, or the path of a file with one' }], reading.locate);
  return [];
}

async function overlayFile(
  file: string,
  path: readonly string[],
  { files, folder, problems, locate }: Reading & { locate: Locate },
): Promise<Layer[]> {
  const inside = await insideFolder(files, folder, file);
  if ('problem' in inside || inside.kind !== 'file') {
    const message = 'problem' in inside ? inside.problem : `is ${JSON.stringify(file)}, a folder; give a file`;
    problems.addFindings([{ path, message }], locate, 'config-file');
    return [];
  }
  const source = parseSource(await files.readText(inside.path), inside.path);
  if ('data' in source) return [{ source, prefix: [], data: source.data }];
  problems.addSyntax(source, inside.path);
  return [];
}
