import { groupBy } from '../../model/group-by';
import { labelIndex } from '../../model/label-index';
import type { Manifest } from '../../model/manifest';
import { namespaceOf } from '../../model/object-ref';
import { podTemplateOf, sidecarOf, type PodTemplate, type Sidecar } from '../../model/sidecar-of';
import type { GroupWorkload } from './group-workload';

const podKinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod']);

/** Pods of a workload, and whether they have a sidecar. */
export interface WorkloadPods {
  readonly pods: PodTemplate;
  readonly sidecar: Sidecar;
}

/** Finds what makes the Pods of a workload, in time that does not grow with the input. */
export class PodFinder {
  private readonly namespaces: ReadonlyMap<string, Manifest>;
  private readonly templates: ReadonlyMap<string, (selector: Readonly<Record<string, string>>) => readonly PodTemplate[]>;

  /** @param manifests the whole input */
  constructor(manifests: readonly Manifest[]) {
    this.namespaces = new Map(manifests.filter(({ kind }) => kind === 'Namespace').map((manifest) => [manifest.name, manifest]));
    const byNamespace = groupBy(
      manifests.filter(({ kind }) => podKinds.has(kind)),
      namespaceOf,
    );
    this.templates = new Map(
      [...byNamespace].map(([namespace, found]) => [namespace, labelIndex(found.map(podTemplateOf), ({ labels }) => labels)]),
    );
  }

  /** The Pods, as far as the input tells. */
  podsOf({ namespace, selector, facts }: GroupWorkload): readonly WorkloadPods[] {
    const functions = facts.filter(({ manifest }) => manifest.kind === 'Function').map(({ manifest }) => podTemplateOf(manifest));
    const wanted = Object.entries(selector ?? {});
    const near = selector && wanted.length > 0 ? (this.templates.get(namespace)?.(selector) ?? []) : [];
    const found = near.filter(({ labels }) => wanted.every(([key, value]) => labels[key] === value));
    return [...functions, ...found].map((pods) => ({ pods, sidecar: sidecarOf(pods, this.namespaces.get(namespace)) }));
  }
}
