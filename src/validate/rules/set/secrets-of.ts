import { objectAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf } from '../../../model/object-ref';
import { groupBy } from '../../../model/group-by';
import { objectsOf, placeOf } from '../../objects-of';
import type { SetInput } from '../../rule';

export const bindingKind = 'ServiceBinding.services.cloud.sap.com';

/** Name of the Secret that a binding makes. */
export function secretOf(binding: Manifest): string {
  return textOf(objectAt(binding.body, 'spec')['secretName']) || binding.name;
}

/** Bindings by the `namespace/name` of the Secret that they make. */
export function bindingsBySecret(input: SetInput): ReadonlyMap<string, readonly Manifest[]> {
  return input.shared('bindings by secret', () =>
    groupBy(objectsOf(input, bindingKind), (binding) => `${namespaceOf(binding)}/${secretOf(binding)}`),
  );
}

/** Secrets (`namespace/name`) that the input holds or that its bindings make. */
export function secretsOf(input: SetInput): ReadonlySet<string> {
  return input.shared('secrets', () => new Set([...objectsOf(input, 'Secret.').map(placeOf), ...bindingsBySecret(input).keys()]));
}
