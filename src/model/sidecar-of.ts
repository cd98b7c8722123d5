import { isJsonObject, type JsonObject, type JsonPath } from './json';
import { objectAt, objectsAt, textOf } from './json-fields';
import type { Manifest } from './manifest';

/** Whether Pods get a sidecar: yes, no because somebody says so, no because nobody asks for it, or it cannot be told. */
export type Sidecar = 'injected' | 'refused' | 'missing' | 'unknown';

/** Pods of one object, as far as injection looks at them. */
export interface PodTemplate {
  readonly manifest: Manifest;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: JsonObject;
  readonly spec: JsonObject;
  /** Where the label for injection belongs. */
  readonly labelsPath: JsonPath;
}

const injectKey = 'sidecar.istio.io/inject';

/** The Pods that a Pod, a Function or a workload of `apps` makes. */
export function podTemplateOf(manifest: Manifest): PodTemplate {
  const spec = objectAt(manifest.body, 'spec');
  const metadata = objectAt(manifest.body, 'metadata');
  if (manifest.kind === 'Pod') return templateOf(manifest, metadata, spec, ['metadata', 'labels']);
  if (manifest.kind === 'Function') return templateOf(manifest, spec, {}, ['spec', 'labels']);
  const template = objectAt(spec, 'template');
  return templateOf(manifest, objectAt(template, 'metadata'), objectAt(template, 'spec'), ['spec', 'template', 'metadata', 'labels']);
}

function templateOf(manifest: Manifest, metadata: JsonObject, spec: JsonObject, labelsPath: JsonPath): PodTemplate {
  return { manifest, labels: textsOf(objectAt(metadata, 'labels')), annotations: objectAt(metadata, 'annotations'), spec, labelsPath };
}

/**
 * Whether Istio puts a sidecar beside the Pods.
 * @param namespace absent when it is not in the input
 * @see Istio documentation, Installing the Sidecar, "Controlling the injection policy"
 */
export function sidecarOf(pods: PodTemplate, namespace: Manifest | undefined): Sidecar {
  const running = runningSidecar(pods);
  if (running !== undefined) return running;
  const wish = pods.labels[injectKey] ?? textOf(pods.annotations[injectKey]);
  const injection = namespace?.labels['istio-injection'];
  if (wish === 'false' || injection === 'disabled' || pods.spec['hostNetwork'] === true) return 'refused';
  if (wish === 'true' || injection === 'enabled' || namespace?.labels['istio.io/rev'] !== undefined) return 'injected';
  return namespace ? 'missing' : 'unknown';
}

/** A Pod that runs tells by its containers; one that is only written down does not. */
function runningSidecar({ manifest, spec }: PodTemplate): Sidecar | undefined {
  const containers = ['containers', 'initContainers'].flatMap((key) => objectsAt(spec, key).map(([container]) => container['name']));
  if (containers.includes('istio-proxy')) return 'injected';
  return manifest.kind === 'Pod' && isJsonObject(manifest.body['status']) ? 'refused' : undefined;
}

/** True when the label for injection stands where it has no effect: on the Function itself instead of its Pods. */
export function isMisplaced({ manifest }: PodTemplate): boolean {
  return manifest.kind === 'Function' && (manifest.labels[injectKey] ?? manifest.annotations[injectKey]) === 'true';
}

function textsOf(labels: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, textOf(value)]));
}
