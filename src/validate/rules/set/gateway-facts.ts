import { objectAt, objectsAt, listAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';

export const gatewayKind = 'Gateway.networking.istio.io';

/** The Gateway that Kyma puts into every cluster. */
export const defaultGateway = 'kyma-system/kyma-gateway';

/** Hosts that a Gateway serves, without the namespace that may stand before them. */
export function servedHosts(gateway: Manifest): string[] {
  return objectsAt(objectAt(gateway.body, 'spec'), 'servers').flatMap(([server]) =>
    listAt(server, 'hosts').map((host) =>
      textOf(host)
        .replace(/^[^/]*\//, '')
        .toLowerCase(),
    ),
  );
}

/** True when a host of a Gateway covers the host of an APIRule, which may be a wildcard itself. */
export function covers(served: string, host: string): boolean {
  return served === '*' || served === host || (served.startsWith('*.') && host.endsWith(served.slice(1)));
}
