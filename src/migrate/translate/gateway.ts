import { isGatewayName } from '../../model/names';
import { manual, type RuleNote } from './rule-notes';

/** Endings of a dotted name, by the number of its parts. */
const endings: Readonly<Record<number, string>> = { 3: 'svc', 4: 'svc.cluster', 5: 'svc.cluster.local' };

/**
 * The gateway as `namespace/name`. Older versions also took `name`, which is in the namespace of the APIRule, and `name.namespace` with the
 * endings of a Service.
 * @param namespace of the APIRule
 */
export function translateGateway(gateway: string, namespace: string): { readonly gateway?: string; readonly notes: readonly RuleNote[] } {
  const name = gateway.includes('/') ? gateway : fromDotted(gateway, namespace);
  if (name !== undefined && isGatewayName(name)) return { gateway: name, notes: [] };
  const message = `the gateway ${JSON.stringify(gateway)} has none of the forms name, name.namespace, name.namespace.svc.cluster.local and namespace/name`;
  return { notes: [manual('migrate-gateway', message, 'Name the Gateway as namespace/name.')] };
}

function fromDotted(gateway: string, namespace: string): string | undefined {
  const [name = '', itsNamespace, ...ending] = gateway.split('.');
  if (itsNamespace === undefined) return `${namespace}/${name}`;
  return ending.length === 0 || ending.join('.') === endings[ending.length + 2] ? `${itsNamespace}/${name}` : undefined;
}
