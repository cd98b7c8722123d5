import { chmodSync, chownSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../src/model/json';
import { listAt, objectAt, objectsAt, textOf } from '../../../src/model/json-fields';

/** Content of a ConfigMap or Secret by key. */
export type Data = Readonly<Record<string, Buffer>>;

/** ConfigMaps and Secrets of a namespace by kind and name: `Secret verify-xsuaa`. */
export type DataObjects = ReadonlyMap<string, Data>;

/** Group of the Pod when the kubelet may give files to it. */
export interface Ownership {
  readonly fsGroup: number | undefined;
}

/** Data of the ConfigMaps among objects, as the API server keeps it. */
export function configMapsOf(objects: readonly JsonObject[]): Map<string, Data> {
  const maps = objects.filter(({ kind }) => kind === 'ConfigMap');
  return new Map(maps.map((map) => [`ConfigMap ${textOf(objectAt(map, 'metadata')['name'])}`, { ...texts(map), ...bytes(map) }]));
}

function texts(map: JsonObject): Data {
  return Object.fromEntries(Object.entries(objectAt(map, 'data')).map(([key, value]) => [key, Buffer.from(textOf(value))]));
}

function bytes(map: JsonObject): Data {
  return Object.fromEntries(Object.entries(objectAt(map, 'binaryData')).map(([key, value]) => [key, Buffer.from(textOf(value), 'base64')]));
}

/** Lays a volume of a Pod into a folder, as the kubelet does. @throws {Error} when it is of another kind, or its source is missing: the Pod would not start */
export function layVolume(folder: string, volume: JsonObject, objects: DataObjects, ownership: Ownership): void {
  mkdirSync(folder, { recursive: true });
  const { files, mode } = contentOf(volume, objects);
  writeVersion(folder, files, mode, ownership);
}

function contentOf(volume: JsonObject, objects: DataObjects): { files: Data; mode: number } {
  const source = (kind: string, name: unknown): Data => {
    const found = objects.get(`${kind} ${textOf(name as string)}`);
    if (!found) throw new Error(`there is no ${kind} ${textOf(name as string)}`);
    return found;
  };
  const secret = objectAt(volume, 'secret');
  if ('secretName' in secret) return { files: source('Secret', secret['secretName']), mode: Number(secret['defaultMode'] ?? 0o644) };
  const projected = objectAt(volume, 'projected');
  if (listAt(projected, 'sources').length === 0) throw new Error(`volume ${textOf(volume['name'])} is of a kind that is not laid out here`);
  const parts = objectsAt(projected, 'sources').map(([part]) => source('ConfigMap', objectAt(part, 'configMap')['name']));
  return { files: Object.assign({}, ...parts) as Data, mode: Number(projected['defaultMode'] ?? 0o644) };
}

let version = 0;

/**
 * Writes a version of a volume and makes it the current one: a folder with the time in its name, and a link `..data` to it that is replaced in one
 * step. The files belong to root; with `fsGroup` the group of the Pod gets them, and may read.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.1/pkg/volume/util/atomic_writer.go
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.1/pkg/volume/volume_linux.go
 */
export function writeVersion(folder: string, files: Data, mode: number, { fsGroup }: Ownership): void {
  version += 1;
  const name = `..2026_11_26_09_30_00.${String(version).padStart(10, '0')}`;
  mkdirSync(join(folder, name));
  for (const [key, content] of Object.entries(files)) {
    const file = join(folder, name, key);
    writeFileSync(file, content);
    if (fsGroup !== undefined) chownSync(file, 0, fsGroup);
    chmodSync(file, fsGroup === undefined ? mode : mode | 0o440);
    linkOnce(join('..data', key), join(folder, key));
  }
  if (fsGroup !== undefined) chownSync(join(folder, name), 0, fsGroup);
  chmodSync(join(folder, name), 0o2755);
  symlinkSync(name, join(folder, '..data_tmp'));
  renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
}

function linkOnce(target: string, path: string): void {
  try {
    symlinkSync(target, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
