import { afterReconcile } from '../model/after-reconcile';
import { findCluster } from '../model/cluster';
import type { Manifest } from '../model/manifest';
import { translate } from '../model/translate';
import type { SetInput } from './rule';
import type { ValidateOptions } from './validate-input';

/** Everything of one cluster, for the rules that look at all objects together. */
export function setInput(kept: readonly Manifest[], { context = [], domain }: Pick<ValidateOptions, 'context' | 'domain'> = {}): SetInput {
  const manifests = [...kept, ...context];
  const outside = new Set(context);
  const { cluster, found } = findCluster(manifests, domain === undefined ? {} : { domain });
  const later = afterReconcile(cluster);
  const made = new Map<string, unknown>();
  return {
    manifests,
    cluster,
    istio: translate(cluster),
    ...(later && { later }),
    clusterProblems: found,
    isReported: (manifest) => !outside.has(manifest),
    shared: <T>(key: string, make: () => T): T => {
      if (!made.has(key)) made.set(key, make());
      return made.get(key) as T;
    },
  };
}
