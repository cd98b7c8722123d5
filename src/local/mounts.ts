import { basename, join } from 'node:path';
import type { Files } from '../files/files';
import type { Manifest } from '../model/manifest';
import type { DataObjects } from './container-environment';
import { isFunction, type FunctionSpec } from './function-spec';
import { objectsAt, textAt } from './json-at';

/** The Secrets of a Function as folders on this machine. */
export interface Mounts {
  /** Replaces a path of the container that leads to a mount by its place here; any other text stays. */
  readonly toLocalPath: (value: string) => string;
  readonly notes: readonly string[];
}

/** Writes the mounted Secrets of a Function below `folder`, one file per key, mode 0600 in folders of mode 0700. */
export async function writeMounts(files: Files, folder: string, spec: FunctionSpec, secrets: DataObjects): Promise<Mounts> {
  const notes: string[] = [];
  const mounts = spec.secretMounts.filter(({ mountPath }) => isPlainPath(mountPath));
  if (mounts.length < spec.secretMounts.length) notes.push('a mount is left out: its mountPath is no absolute path without dot segments');
  for (const { secretName, mountPath } of mounts) {
    const data = secrets.get(`${spec.namespace}/${secretName}`);
    if (!data) notes.push(`Secret ${secretName} is not in the input; ${mountPath} is empty`);
    await writeSecretFolder(files, join(folder, mountPath), data ?? {});
  }
  const paths = mounts.map(({ mountPath }) => mountPath.replace(/\/+$/, ''));
  const leads = (value: string): boolean =>
    isPlainPath(value) && paths.some((path) => value === path || value.startsWith(`${path}/`) || isParent(value, path));
  return { toLocalPath: (value) => (leads(value) ? join(folder, value) : value), notes };
}

/** Name of the folder under which Functions mount a Secret, by `namespace/name` of the Secret; the first mount counts. */
export function mountNames(manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  const mounts = manifests.filter(isFunction).flatMap(({ namespace, body }) =>
    objectsAt(body, 'spec', 'secretMounts').map((mount): [string, string] => {
      const [secret = '', path = ''] = [textAt(mount, 'secretName'), textAt(mount, 'mountPath')];
      return [`${namespace ?? 'default'}/${secret}`, basename(path)];
    }),
  );
  return new Map(mounts.reverse());
}

/** Writes a Secret as a pod sees it. Names of keys that are no plain file names are left out. */
export async function writeSecretFolder(files: Files, folder: string, data: Readonly<Record<string, string>>): Promise<void> {
  await files.makeFolder(folder, 0o700);
  for (const [name, text] of Object.entries(data)) {
    if (/^[A-Za-z0-9._-]+$/.test(name) && name !== '.' && name !== '..') await files.writeAtomic(join(folder, name), text, 0o600);
  }
}

/** True for `/bindings` above `/bindings/xsuaa`; the root itself stays the root. */
function isParent(value: string, path: string): boolean {
  const parent = value.replace(/\/+$/, '');
  return parent !== '' && path.startsWith(`${parent}/`);
}

function isPlainPath(path: string): boolean {
  return path.startsWith('/') && !path.split('/').some((segment) => segment === '.' || segment === '..');
}
