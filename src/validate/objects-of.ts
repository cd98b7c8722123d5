import { groupBy } from '../model/group-by';
import type { Manifest } from '../model/manifest';
import { namespaceOf } from '../model/object-ref';
import { kindOf } from './known-kinds';
import type { SetInput } from './rule';

/** Label that marks what the controller made of an APIRule. */
const ownerLabel = 'apirule.gateway.kyma-project.io/name';

/** Objects of one kind, `Kind.group`, in the order of the input. */
export function objectsOf(input: SetInput, kind: string): readonly Manifest[] {
  const byKind = input.shared('objects by kind', () => groupBy(input.manifests, kindOf));
  return byKind.get(kind) ?? [];
}

/** Objects of one kind by `namespace/name`. */
export function objectsByName(input: SetInput, kind: string): ReadonlyMap<string, Manifest> {
  return input.shared(`${kind} by name`, () => new Map(objectsOf(input, kind).map((manifest) => [placeOf(manifest), manifest])));
}

/** The Namespace of that name; `undefined` when it is not in the input. */
export function namespaceNamed(input: SetInput, name: string): Manifest | undefined {
  return input.shared('namespaces', () => new Map(objectsOf(input, 'Namespace.').map((manifest) => [manifest.name, manifest]))).get(name);
}

/** Objects of one kind in one namespace. */
export function objectsIn(input: SetInput, kind: string, namespace: string): readonly Manifest[] {
  return input.shared(`${kind} by namespace`, () => groupBy(objectsOf(input, kind), namespaceOf)).get(namespace) ?? [];
}

/** Objects of one kind that no controller made of an APIRule. */
export function handMade(input: SetInput, kind: string): readonly Manifest[] {
  return objectsOf(input, kind).filter(({ labels }) => labels[ownerLabel] === undefined);
}

/** `namespace/name`. */
export function placeOf(manifest: Manifest): string {
  return `${namespaceOf(manifest)}/${manifest.name}`;
}
