import type { ApiRule } from './api-rule';
import type { CheckResult } from './check-result';
import type { IstioObjects } from './istio';
import type { Manifest } from './manifest';

/** What the input says of one Service. */
export interface ServiceFacts {
  readonly namespace: string;
  readonly name: string;
  readonly ports: readonly number[];
  /** The Service's own selector; policies for it carry a copy. */
  readonly selector: Readonly<Record<string, string>>;
  /** All labels that its Pods are known to carry, the selector included. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** The Service, or the Function that implies it. */
  readonly manifest: Manifest;
}

/** One input read as one cluster. */
export interface Cluster {
  readonly apiRules: readonly ApiRule[];
  readonly services: readonly ServiceFacts[];
  /** Istio objects that the input itself holds. */
  readonly istio: IstioObjects;
  /** Domain that completes hosts of one label, by gateway (`namespace/name`); `*` stands for every other gateway. */
  readonly domains: Readonly<Record<string, string>>;
}

/** Reads manifests as the contents of one cluster. @param options.domain Completes hosts of one label. @default - the wildcard host of the Gateway, if the input holds it */
export function clusterOf(manifests: readonly Manifest[], options: { readonly domain?: string } = {}): { cluster: Cluster; problems: CheckResult[] } {
  throw new TypeError(`not built yet: ${manifests.length} ${String(options.domain)}`);
}
