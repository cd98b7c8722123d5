import { completeHost } from '../model/names';
import type { JsonPath } from '../model/json';
import type { Config } from './schema';
import type { ExposeConfig } from './schema-expose';

/** One API rule with the workload that it stands before. */
export interface Exposure {
  readonly kind: 'function' | 'service';
  /** Name under `functions` or `services`. */
  readonly workload: string;
  readonly namespace: string;
  /** Name of the APIRule. */
  readonly name: string;
  /** Full host if `cluster.domain` is known, else as written. */
  readonly host: string;
  readonly expose: ExposeConfig;
  /** Place of the entry in the configuration. */
  readonly path: JsonPath;
}

/** Every API rule of an environment, in the order of the file. */
export function* exposuresOf(config: Config): Generator<Exposure> {
  for (const [workload, { namespace, expose }] of Object.entries(config.functions ?? {})) {
    for (const [index, entry] of (expose ?? []).entries()) {
      yield { ...common(config, workload, entry), kind: 'function', namespace, path: ['functions', workload, 'expose', index] };
    }
  }
  for (const [workload, { namespace, expose }] of Object.entries(config.services ?? {})) {
    for (const [index, entry] of expose.entries()) {
      yield { ...common(config, workload, entry), kind: 'service', namespace, path: ['services', workload, 'expose', index] };
    }
  }
}

function common(config: Config, workload: string, expose: ExposeConfig): Pick<Exposure, 'workload' | 'name' | 'host' | 'expose'> {
  return {
    workload,
    name: expose.name ?? apiRuleName(workload, expose.host),
    host: completeHost(expose.host, config.cluster?.domain),
    expose,
  };
}

/** Depends on nothing but workload and host, so that adding an API rule never renames, and so re-creates, another. */
function apiRuleName(workload: string, host: string): string {
  const label = host.startsWith('*.') ? 'wildcard' : (host.split('.')[0] ?? host);
  return label === workload || label.startsWith(`${workload}-`) ? label : `${workload}-${label}`;
}
