import type { JsonObject } from '../json';
import { listAt, objectAt, objectsAt, textOf } from '../json-fields';

/**
 * Domain with which the controller completes hosts of one label: every server of the Gateway has one host, all have the same, and it begins
 * with `*.`. Nothing when the Gateway has others, so that the controller refuses such hosts.
 */
export function gatewayDomain(gateway: JsonObject): string | undefined {
  const servers = objectsAt(objectAt(gateway, 'spec'), 'servers').map(([server]) => listAt(server, 'hosts').map(textOf));
  const [host = ''] = servers[0] ?? [];
  const same = servers.every((hosts) => hosts.length === 1 && hosts[0] === host);
  return same && host.startsWith('*.') ? host.slice(2) : undefined;
}
