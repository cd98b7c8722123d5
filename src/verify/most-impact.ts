import { impacts, type Impact, type Probe } from './probe';
import type { Targets } from './targets';
import type { VerifyOptions } from './verify-input';

/** Loopback takes everything, another host what cannot hurt it, unless its user allows more. */
export function mostImpactOf({ isFree }: Targets, { allowDisruptive = [] }: VerifyOptions): (host: string) => Impact {
  return (host) => (isFree(host) || allowDisruptive.includes(host) ? 'disruptive' : 'safe');
}

/** True when there is consent for what a probe may do to a target. */
export function mayRun({ impact }: Pick<Probe, 'impact'>, most: Impact): boolean {
  return impacts.indexOf(impact) <= impacts.indexOf(most);
}
