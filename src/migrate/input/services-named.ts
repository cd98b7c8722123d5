import type { JsonObject } from '../../model/json';
import { objectAt, objectsAt, textOf } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { namespaceOf } from '../../model/object-ref';

/** Services (`namespace/name`) that an APIRule of any version names, as the text says it. */
export function servicesNamed(manifest: Manifest): readonly string[] {
  const spec = objectAt(manifest.body, 'spec');
  const all = [objectAt(spec, 'service'), ...objectsAt(spec, 'rules').map(([rule]) => objectAt(rule, 'service'))];
  return all.flatMap((service) => nameOf(service, namespaceOf(manifest)));
}

function nameOf(service: JsonObject, own: string): string[] {
  const [name, namespace] = [textOf(service['name']), textOf(service['namespace'])];
  return name === '' ? [] : [`${namespace === '' ? own : namespace}/${name}`];
}
