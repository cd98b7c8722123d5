import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../model/json';
import { objectAt, objectsAt, textOf } from '../model/json-fields';
import type { Manifest } from '../model/manifest';

/** A ConfigMap or Secret without which a Pod does not start. */
export interface NamedObject {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Place of the name in the manifest. */
  readonly path: JsonPath;
}

/** What a Function needs for its Pods. */
export function namesOfFunction({ body }: Manifest): NamedObject[] {
  const spec = objectAt(body, 'spec');
  const mounts = objectsAt(spec, 'secretMounts').map(([mount, index]) =>
    named('Secret', mount, 'secretName', ['spec', 'secretMounts', index]),
  );
  return present([...mounts, ...namesOfVariables(spec, ['spec'])]);
}

/** What Pods need. @param at place of their spec in the manifest */
export function namesOfPods(spec: JsonObject, at: JsonPath): NamedObject[] {
  const containers = ['initContainers', 'containers'].flatMap((key) =>
    objectsAt(spec, key).flatMap(([container, index]) => {
      const path = [...at, key, index];
      return [...namesOfVariables(container, path), ...namesOfSources(container, path)];
    }),
  );
  const volumes = objectsAt(spec, 'volumes').flatMap(([volume, index]) => namesOfVolume(volume, [...at, 'volumes', index]));
  return present([...volumes, ...containers]);
}

function namesOfVolume(volume: JsonObject, at: JsonPath): Found[] {
  const projected = objectsAt(objectAt(volume, 'projected'), 'sources').flatMap(([source, index]) => {
    const path = [...at, 'projected', 'sources', index];
    return [
      named('ConfigMap', source['configMap'], 'name', [...path, 'configMap']),
      named('Secret', source['secret'], 'name', [...path, 'secret']),
    ];
  });
  return [
    named('ConfigMap', volume['configMap'], 'name', [...at, 'configMap']),
    named('Secret', volume['secret'], 'secretName', [...at, 'secret']),
    ...projected,
  ];
}

function namesOfVariables(parent: JsonObject, at: JsonPath): Found[] {
  return objectsAt(parent, 'env').flatMap(([variable, index]) => {
    const from = objectAt(variable, 'valueFrom');
    const path = [...at, 'env', index, 'valueFrom'];
    return [
      named('ConfigMap', from['configMapKeyRef'], 'name', [...path, 'configMapKeyRef']),
      named('Secret', from['secretKeyRef'], 'name', [...path, 'secretKeyRef']),
    ];
  });
}

function namesOfSources(container: JsonObject, at: JsonPath): Found[] {
  return objectsAt(container, 'envFrom').flatMap(([source, index]) => {
    const path = [...at, 'envFrom', index];
    return [
      named('ConfigMap', source['configMapRef'], 'name', [...path, 'configMapRef']),
      named('Secret', source['secretRef'], 'name', [...path, 'secretRef']),
    ];
  });
}

type Found = NamedObject | undefined;

/** What a reference names; nothing when it may be missing, or says no name. */
function named(kind: NamedObject['kind'], reference: JsonValue | undefined, key: string, at: JsonPath): Found {
  if (!isJsonObject(reference) || reference['optional'] === true) return undefined;
  const name = textOf(reference[key]);
  return name === '' ? undefined : { kind, name, path: [...at, key] };
}

function present(found: readonly Found[]): NamedObject[] {
  const seen = new Map<string, NamedObject>();
  for (const one of found) if (one && !seen.has(`${one.kind}/${one.name}`)) seen.set(`${one.kind}/${one.name}`, one);
  return [...seen.values()];
}
