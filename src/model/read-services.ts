import { groupOf } from './duplicate-objects';
import { isJsonObject, type JsonObject, type JsonValue } from './json';
import type { Manifest } from './manifest';
import { distinctLabels, withNarrower } from './pod-variants';
import { namespaceOf } from './object-ref';

/** Port of the Service that every Function has. */
const functionPort = 80;

const workloadKinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

/** What the input says of one Service. */
export interface ServiceFacts {
  readonly namespace: string;
  readonly name: string;
  readonly ports: readonly number[];
  /** The Service's own selector; policies made for it carry a copy. */
  readonly selector: Readonly<Record<string, string>>;
  /** All labels that its Pods are known to carry, the selector included. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Keys that its Pods carry, but not all alike. Set when the Pods themselves are in the input, so that no Pod carries any other key. */
  readonly mixedLabels?: readonly string[];
  /** Labels of each kind of its Pods, when there are several: of several workloads, or of those that a narrower Service selects. */
  readonly variants?: readonly Readonly<Record<string, string>>[];
  /** The Service, or the Function that implies it. */
  readonly manifest: Manifest;
}

/** Services of the input: those written as such, and those that Functions imply. A written one wins over an implied one. */
export function readServices(manifests: readonly Manifest[]): ServiceFacts[] {
  const pods = manifests.filter((manifest) => workloadKinds.has(manifest.kind) && groupOf(manifest) === 'apps').map(podsOf);
  const running = runningPods(manifests);
  const written = manifests
    .filter((manifest) => manifest.kind === 'Service' && groupOf(manifest) === '')
    .map((manifest) => readService(manifest, pods, running.get(namespaceOf(manifest)) ?? []));
  const implied = manifests
    .filter((manifest) => manifest.kind === 'Function' && groupOf(manifest) === 'serverless.kyma-project.io')
    .map(functionService);
  const known = new Set(written.map(({ namespace, name }) => `${namespace}/${name}`));
  return [...withNarrower(written), ...implied.filter(({ namespace, name }) => !known.has(`${namespace}/${name}`))];
}

interface Pods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

function podsOf(manifest: Manifest): Pods {
  return { namespace: namespaceOf(manifest), labels: texts(member(manifest.body, 'spec', 'template', 'metadata', 'labels')) };
}

function runningPods(manifests: readonly Manifest[]): ReadonlyMap<string, Pods[]> {
  const byNamespace = new Map<string, Pods[]>();
  for (const manifest of manifests) {
    if (manifest.kind !== 'Pod' || groupOf(manifest) !== '') continue;
    const pod = { namespace: namespaceOf(manifest), labels: manifest.labels };
    const list = byNamespace.get(pod.namespace);
    if (list) list.push(pod);
    else byNamespace.set(pod.namespace, [pod]);
  }
  return byNamespace;
}

function readService(manifest: Manifest, pods: readonly Pods[], running: readonly Pods[]): ServiceFacts {
  const selector = texts(member(manifest.body, 'spec', 'selector'));
  const ports = member(manifest.body, 'spec', 'ports');
  const namespace = namespaceOf(manifest);
  const selected = pods.filter((pod) => pod.namespace === namespace && selects(selector, pod.labels));
  const found = labelsOf(running.filter((pod) => selects(selector, pod.labels)));
  return {
    namespace,
    name: manifest.name,
    ports: Array.isArray(ports) ? ports.flatMap(portOf) : [],
    selector,
    // Several workloads behind one Service share only the selector for sure.
    podLabels: selected.length === 1 ? { ...selected[0]?.labels } : selector,
    ...(selected.length > 1 && { variants: distinctLabels(selected) }),
    ...found,
    manifest,
  };
}

/** What all the Pods of a Service carry, when there are any in the input. */
function labelsOf(pods: readonly Pods[]): Pick<ServiceFacts, 'podLabels' | 'mixedLabels'> | undefined {
  const [first, ...others] = pods;
  if (!first) return undefined;
  const alike = Object.entries(first.labels).filter(([key, value]) => others.every(({ labels }) => labels[key] === value));
  const podLabels = Object.fromEntries(alike);
  const keys = new Set(pods.flatMap(({ labels }) => Object.keys(labels)));
  return { podLabels, mixedLabels: [...keys].filter((key) => podLabels[key] === undefined) };
}

function portOf(port: JsonValue): number[] {
  return isJsonObject(port) && typeof port['port'] === 'number' ? [port['port']] : [];
}

function selects(selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean {
  const entries = Object.entries(selector);
  return entries.length > 0 && entries.every(([key, value]) => labels[key] === value);
}

function functionService(manifest: Manifest): ServiceFacts {
  // The selector also holds the uid of the Function, which no manifest knows; the others tell its Pods from all others.
  const selector = {
    'app.kubernetes.io/name': manifest.name,
    'serverless.kyma-project.io/function-name': manifest.name,
    'serverless.kyma-project.io/managed-by': 'function-controller',
    'serverless.kyma-project.io/resource': 'deployment',
  };
  const podLabels = { ...texts(member(manifest.body, 'spec', 'labels')), ...selector };
  return { namespace: namespaceOf(manifest), name: manifest.name, ports: [functionPort], selector, podLabels, manifest };
}

function member(body: JsonObject, ...keys: readonly string[]): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>((value, key) => (isJsonObject(value) ? value[key] : undefined), body);
}

function texts(value: JsonValue | undefined): Record<string, string> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])));
}
