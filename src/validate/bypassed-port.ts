import { isJsonObject } from '../model/json';
import { objectAt, objectsAt, textOf } from '../model/json-fields';
import type { Exposure } from './exposures-of';
import type { PodTemplate } from '../model/sidecar-of';

/** Port of the handler of a Function. */
const functionPort = 8080;

/** Why requests to an exposed port reach the container past its sidecar; `undefined` when they do not. */
export interface BypassedPort {
  readonly annotation: string;
  readonly message: string;
}

/**
 * Annotations of Pods that keep the sidecar out of the way of an exposed port.
 * @see Istio reference, Resource Annotations
 */
export function bypassedPort(pods: PodTemplate, exposure: Exposure): BypassedPort | undefined {
  const value = (name: string): string | undefined => {
    const annotation = pods.annotations[name];
    return typeof annotation === 'string' ? annotation.trim() : undefined;
  };
  const mode = 'sidecar.istio.io/interceptionMode';
  if (value(mode)?.toUpperCase() === 'NONE') return { annotation: mode, message: 'is NONE: no request is led through the sidecar' };
  const port = containerPort(pods, exposure);
  const named = port === undefined ? 'a port that the input does not tell' : `port ${port}`;
  const exclude = 'traffic.sidecar.istio.io/excludeInboundPorts';
  const excluded = value(exclude);
  if (excluded !== undefined && excluded !== '' && (port === undefined || portsOf(excluded).includes(port)))
    return { annotation: exclude, message: `is ${JSON.stringify(excluded)}, and the APIRule leads to ${named}` };
  const include = 'traffic.sidecar.istio.io/includeInboundPorts';
  const included = value(include);
  if (included !== undefined && included !== '*' && (port === undefined || !portsOf(included).includes(port)))
    return { annotation: include, message: `is ${JSON.stringify(included)}, and the APIRule leads to ${named}` };
  return undefined;
}

function portsOf(text: string): number[] {
  return text.split(',').flatMap((part) => (/^\s*\d+\s*$/.test(part) ? [Number(part)] : []));
}

/** Port of the container that the Service sends to. */
function containerPort({ manifest, spec }: PodTemplate, { facts, port }: Exposure): number | undefined {
  if (manifest.kind === 'Function') return functionPort;
  if (!facts || facts.manifest.kind !== 'Service') return undefined;
  const entry = objectsAt(objectAt(facts.manifest.body, 'spec'), 'ports').find(([one]) => one['port'] === port)?.[0];
  if (!entry) return undefined;
  const { targetPort = port } = entry;
  if (typeof targetPort === 'number') return targetPort;
  const ports = objectsAt(spec, 'containers').flatMap(([container]) => objectsAt(container, 'ports').map(([one]) => one));
  const found = ports.find((one) => isJsonObject(one) && one['name'] === textOf(targetPort));
  return typeof found?.['containerPort'] === 'number' ? found['containerPort'] : undefined;
}
