import type { Workload } from './istio';
import { ingressLabels, meshNamespace } from './mesh';
import type { Verdict } from './verdict';

/** What selects Pods: a RequestAuthentication or an AuthorizationPolicy. */
export interface Selecting {
  readonly namespace: string;
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
}

/**
 * Whether an object applies to the Pods of a workload. A label that the Pods are not known to carry leaves it open, except
 * for objects made of APIRules: those name Pods by the selector of a Service, and Services are told apart by name.
 */
export function selects(object: Selecting, workload: Workload, madeOfApiRule: boolean): Verdict {
  if (object.namespace !== workload.namespace && object.namespace !== meshNamespace) return false;
  if (selectsIngress(object)) return false;
  const labels = Object.entries(object.selector);
  if (labels.some(([key, value]) => workload.labels[key] !== undefined && workload.labels[key] !== value)) return false;
  if (labels.every(([key]) => workload.labels[key] !== undefined)) return true;
  if (madeOfApiRule) return false;
  const { labels: carried, mixedLabels } = workload;
  if (mixedLabels && labels.some(([key]) => carried[key] === undefined && !mixedLabels.includes(key))) return false;
  return {
    unknown: `the labels of the Pods in namespace ${workload.namespace} that ${object.namespace}/${object.name} may select are not in the input`,
  };
}

/** True for an object that is meant for the Pods of the ingress gateway itself. */
export function selectsIngress(object: Selecting): boolean {
  const labels = Object.entries(object.selector);
  return object.namespace === meshNamespace && labels.length > 0 && labels.every(([key, value]) => ingressLabels[key] === value);
}
