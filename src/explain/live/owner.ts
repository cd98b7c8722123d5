import { groupOf } from '../../model/duplicate-objects';
import type { Manifest } from '../../model/manifest';

const prefix = 'apirule.gateway.kyma-project.io/';

/** Kinds that the controller makes of APIRules. */
const madeKinds = new Map([
  ['VirtualService', 'networking.istio.io'],
  ['RequestAuthentication', 'security.istio.io'],
  ['AuthorizationPolicy', 'security.istio.io'],
]);

/** True for an object of a kind that the controller makes of APIRules, whoever made it. */
export function isIstioObject(manifest: Pick<Manifest, 'apiVersion' | 'kind'>): boolean {
  return madeKinds.get(manifest.kind) === groupOf(manifest);
}

/** `namespace/name` of the APIRule that the labels of an object name; absent on objects that no APIRule made. */
export function ownerOf({ labels }: Pick<Manifest, 'labels'>): string | undefined {
  const [name, namespace] = [labels[`${prefix}name`], labels[`${prefix}namespace`]];
  if (name !== undefined && namespace !== undefined) return `${namespace}/${name}`;
  // Older controllers wrote `name.namespace` into one label.
  const [legacyName, legacyNamespace] = labels[`${prefix}v1beta1`]?.split('.') ?? [];
  return legacyName !== undefined && legacyNamespace !== undefined ? `${legacyNamespace}/${legacyName}` : undefined;
}
