import type { JsonObject } from '../../../model/json';
import { ingressPrincipal, meshNamespace } from '../../../model/mesh';
import type { InternalCallers } from '../workload-plan';
import { allowPolicy, type SelectableWorkload } from './policy-object';

/**
 * Lets callers inside the cluster in, which APIRules v2 refuse. Named callers need a sidecar of their own: without mTLS nobody can tell who
 * calls. The form for `anybody` is the one of Kyma's migration guides; it admits callers without a sidecar as well.
 */
export function internalPolicy(workload: SelectableWorkload, callers: InternalCallers): JsonObject {
  return allowPolicy(`${workload.name}-internal`, workload, [{ from: sourcesOf(callers).map((source) => ({ source })) }]);
}

function sourcesOf(callers: InternalCallers): JsonObject[] {
  if (callers.kind === 'anybody') return [{ notPrincipals: [ingressPrincipal] }];
  const { namespaces, principals } = callers;
  // The gateway is at home in one namespace; whoever names that one does not mean the internet.
  const ofMesh = namespaces.filter((namespace) => namespace === meshNamespace);
  const others = namespaces.filter((namespace) => namespace !== meshNamespace);
  return [
    ...(others.length > 0 ? [{ namespaces: others }] : []),
    ...(ofMesh.length > 0 ? [{ namespaces: ofMesh, notPrincipals: [ingressPrincipal] }] : []),
    ...(principals.length > 0 ? [{ principals: [...principals] }] : []),
  ];
}
