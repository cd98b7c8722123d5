import { groupOf } from '../model/duplicate-objects';
import { objectAt, objectsAt, textOf } from '../model/json-fields';
import type { Manifest } from '../model/manifest';
import { namespaceOf } from '../model/object-ref';
import { kindOf } from './known-kinds';
import type { SetInput } from './rule';

/** Functions of the input that mount a Secret of a namespace. */
export function functionsThatMount(input: SetInput, namespace: string, secretName: string): readonly Manifest[] {
  return input.shared('functions-by-secret', () => functionsBySecret(input.manifests)).get(`${namespace}/${secretName}`) ?? [];
}

function functionsBySecret(manifests: readonly Manifest[]): ReadonlyMap<string, readonly Manifest[]> {
  const found = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    if (kindOf(manifest) !== 'Function.serverless.kyma-project.io') continue;
    for (const [mount] of objectsAt(objectAt(manifest.body, 'spec'), 'secretMounts')) {
      const key = `${namespaceOf(manifest)}/${textOf(mount['secretName'])}`;
      const group = found.get(key);
      if (group) group.push(manifest);
      else found.set(key, [manifest]);
    }
  }
  return found;
}

/** The Secret of a name and namespace, when the input holds it. */
export function secretOf(input: SetInput, namespace: string, name: string): Manifest | undefined {
  return input.shared('secrets-by-name', () => secretsByName(input.manifests)).get(`${namespace}/${name}`);
}

function secretsByName(manifests: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  const secrets = manifests.filter((manifest) => manifest.kind === 'Secret' && groupOf(manifest) === '');
  return new Map(secrets.map((secret) => [`${namespaceOf(secret)}/${secret.name}`, secret]));
}

/** Text under a key of a Secret, or nothing when the key is missing. Never for messages. */
export function secretText(secret: Manifest, key: string): string | undefined {
  const plain = objectAt(secret.body, 'stringData')[key];
  if (plain !== undefined) return textOf(plain);
  const encoded = objectAt(secret.body, 'data')[key];
  return encoded === undefined ? undefined : Buffer.from(textOf(encoded), 'base64').toString('utf8');
}

/** Keys of a Secret; none when its content comes from elsewhere. */
export function secretKeys(secret: Manifest): readonly string[] {
  return [...Object.keys(objectAt(secret.body, 'data')), ...Object.keys(objectAt(secret.body, 'stringData'))];
}
