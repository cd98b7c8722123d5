import type { JsonObject, JsonValue } from '../../../model/json';
import { objectAt, textOf } from '../../../model/json-fields';
import type { GroupWorkload } from '../group-workload';

/** A workload that policies can be written for. */
export type SelectableWorkload = GroupWorkload & Required<Pick<GroupWorkload, 'selector'>>;

/** True when the input tells the selector. */
export function isSelectable(workload: GroupWorkload): workload is SelectableWorkload {
  return workload.selector !== undefined;
}

/** An AuthorizationPolicy of action ALLOW for the Pods of a workload; without rules it admits nothing. */
export function allowPolicy(name: string, workload: SelectableWorkload, rules?: readonly JsonValue[]): JsonObject {
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: {
      name,
      namespace: workload.namespace,
      labels: { 'app.kubernetes.io/managed-by': 'kyma-guard' },
      // Argo CD applies it before the APIRules, which have no wave of their own.
      annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
    },
    spec: { action: 'ALLOW', selector: { matchLabels: { ...workload.selector } }, ...(rules && { rules: [...rules] }) },
  };
}

/** `namespace/name` of a policy that {@link allowPolicy} made. */
export function placeOf(policy: JsonObject): string {
  const { namespace, name } = objectAt(policy, 'metadata');
  return `${textOf(namespace)}/${textOf(name)}`;
}

/** `AuthorizationPolicy namespace/name`. */
export function policyRef(policy: JsonObject): string {
  return `AuthorizationPolicy ${placeOf(policy)}`;
}
