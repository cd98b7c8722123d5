import type { AuthorizationPolicy, IstioObjects, JwtRule, Workload } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { selects } from '../../model/select-workload';
import { connectionManager, directAnswer } from './connection-manager';
import { extAuthzFilters } from './ext-authz-filters';
import { jwtFilters, type KeysOf } from './jwt-filter';
import { principalHeader } from './private-header';
import { rbacFilters } from './rbac-filters';
import { cannotDecide, undecidedWorkload } from './undecided';

/** One sidecar: the hop in front of a workload. */
export interface Sidecar {
  /** Name of its listener, which is its address inside Envoy. */
  readonly name: string;
  readonly workload: Workload;
  /** Name of the cluster of the workload's process. */
  readonly cluster: string;
  /** Stands before the path at the workload, without slash at the end. */
  readonly pathPrefix: string;
}

/** The listener of a sidecar. It has no address outside the process. */
export function sidecarListener(sidecar: Sidecar, objects: IstioObjects, keysOf: KeysOf): JsonObject {
  const missing = undecidedWorkload(objects, sidecar.workload);
  const { jwtRules, policies } = objectsAt(objects, sidecar.workload);
  const filters = [...extAuthzFilters(policies), ...jwtFilters(jwtRules, keysOf), ...rbacFilters(policies)];
  const hop = {
    name: sidecar.name,
    filters: missing === undefined ? filters : [],
    routes: {
      virtual_hosts: [
        {
          name: 'inbound',
          domains: ['*'],
          routes: [missing === undefined ? toWorkload(sidecar) : directAnswer(503, cannotDecide(missing))],
        },
      ],
      request_headers_to_remove: [principalHeader],
    },
    settings: { use_remote_address: false, server_header_transformation: 'PASS_THROUGH' },
  };
  return { name: sidecar.name, internal_listener: {}, filter_chains: [{ filters: [connectionManager(hop)] }] };
}

function toWorkload({ cluster, pathPrefix }: Sidecar): JsonObject {
  const rewrite = pathPrefix === '' ? {} : { prefix_rewrite: `${pathPrefix}/` };
  return { match: { prefix: '/' }, route: { cluster, timeout: '0s', ...rewrite } };
}

function objectsAt(
  { requestAuthentications, authorizationPolicies }: IstioObjects,
  workload: Workload,
): { readonly jwtRules: JwtRule[]; readonly policies: AuthorizationPolicy[] } {
  const authentications = requestAuthentications.filter((one) => selects(one, workload, one.apiRule !== undefined) === true);
  const policies = authorizationPolicies.filter((one) => selects(one, workload, one.origin !== undefined) === true);
  return { jwtRules: authentications.flatMap(({ jwtRules }) => jwtRules), policies };
}
