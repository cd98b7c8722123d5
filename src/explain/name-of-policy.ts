import type { AuthorizationPolicy, HttpRoute, Origin, VirtualService } from '../model/istio';

/** `APIRule namespace/name spec.rules[2]`. */
export function nameOfRule({ apiRule, rule }: Origin): string {
  return `APIRule ${apiRule} spec.rules[${rule}]`;
}

/** The rule that a policy was made of, or the policy itself where that is not known. */
export function nameOfPolicy({ namespace, name, origin }: AuthorizationPolicy): string {
  return origin ? nameOfRule(origin) : `AuthorizationPolicy ${namespace}/${name}`;
}

/** The rule that a route was made of, or the VirtualService that it stands in. */
export function nameOfRoute(
  { origin }: Pick<HttpRoute, 'origin'>,
  service: Pick<VirtualService, 'namespace' | 'name'> | undefined,
): string {
  if (origin) return nameOfRule(origin);
  return service ? `VirtualService ${service.namespace}/${service.name}` : '';
}
