import type { Exposure } from './exposures-of';
import { exposuresByWorkload } from './exposures-of';
import { labelIndex } from '../model/label-index';
import { namespaceNamed, objectsIn } from './objects-of';
import type { SetInput } from './rule';
import { podTemplateOf, sidecarOf, type PodTemplate, type Sidecar } from '../model/sidecar-of';

const podKinds = ['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps', 'Pod.'];

/** Pods behind an APIRule, and whether they have a sidecar. */
export interface ExposedPods {
  readonly pods: PodTemplate;
  readonly sidecar: Sidecar;
  /** A rule that leads there. */
  readonly exposure: Exposure;
}

/** Every object of the input that makes Pods which an APIRule exposes. */
export function exposedPods(input: SetInput): readonly ExposedPods[] {
  return input.shared('exposed pods', () => {
    const seen = new Set<unknown>();
    return [...exposuresByWorkload(input).values()].flatMap(([exposure]) => {
      if (!exposure) return [];
      const fresh = podsBehind(input, exposure).filter(({ manifest }) => !seen.has(manifest));
      for (const { manifest } of fresh) seen.add(manifest);
      const namespace = namespaceNamed(input, exposure.namespace);
      return fresh.map((pods) => ({ pods, sidecar: sidecarOf(pods, namespace), exposure }));
    });
  });
}

/** Labels of everything in a namespace that makes Pods. */
export function podsIn(input: SetInput, namespace: string): readonly PodTemplate[] {
  return input.shared(`pods in ${namespace}`, () => podKinds.flatMap((kind) => objectsIn(input, kind, namespace)).map(podTemplateOf));
}

function podsWith(input: SetInput, namespace: string, selector: Readonly<Record<string, string>>): readonly PodTemplate[] {
  return input.shared(`pods in ${namespace} by label`, () => labelIndex(podsIn(input, namespace), ({ labels }) => labels))(selector);
}

function podsBehind(input: SetInput, { facts, namespace }: Exposure): PodTemplate[] {
  if (!facts) return [];
  if (facts.manifest.kind === 'Function') return [podTemplateOf(facts.manifest)];
  const selector = Object.entries(facts.selector);
  if (selector.length === 0) return [];
  return podsWith(input, namespace, facts.selector).filter(({ labels }) => selector.every(([key, value]) => labels[key] === value));
}
