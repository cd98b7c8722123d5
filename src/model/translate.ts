import type { Cluster } from './cluster';
import type { IstioObjects } from './istio';

/** The Istio objects that Kyma's controller makes of the APIRules, and those that the input itself holds. */
export function translate(cluster: Cluster): IstioObjects {
  return cluster.istio;
}
