import { isGatewayName } from '../../model/names';
import { manual, note, type RuleNote } from './rule-notes';

/** Endings of a dotted name, by the number of its parts. */
const endings: Readonly<Record<number, string>> = { 3: 'svc', 4: 'svc.cluster', 5: 'svc.cluster.local' };

/**
 * The gateway as `namespace/name`. Older versions also took `name`, which is in the namespace of the APIRule, and `name.namespace` with the
 * endings of a Service.
 * @param namespace of the APIRule, if its manifest names one
 */
export function translateGateway(
  gateway: string,
  namespace: string | undefined,
): { readonly gateway?: string; readonly notes: readonly RuleNote[] } {
  const name = gateway.includes('/') ? gateway : fromDotted(gateway, namespace ?? 'default');
  if (name !== undefined && isGatewayName(name)) {
    return { gateway: name, notes: namespace === undefined && !/[./]/.test(gateway) ? [assumedNote(gateway)] : [] };
  }
  const message = `the gateway ${JSON.stringify(gateway)} has none of the forms name, name.namespace, name.namespace.svc.cluster.local and namespace/name`;
  return { notes: [manual('migrate-gateway', message, 'Name the Gateway as namespace/name.')] };
}

function assumedNote(gateway: string): RuleNote {
  const message = `the gateway ${JSON.stringify(gateway)} was looked for in the namespace of the APIRule, which the manifest does not name; the namespace default is assumed`;
  return note('migrate-gateway', 'changed', message, 'Name the namespace of the APIRule, or correct that of the gateway.');
}

function fromDotted(gateway: string, namespace: string): string | undefined {
  const [name = '', itsNamespace, ...ending] = gateway.split('.');
  if (itsNamespace === undefined) return `${namespace}/${name}`;
  return ending.length === 0 || ending.join('.') === endings[ending.length + 2] ? `${itsNamespace}/${name}` : undefined;
}
