import { attacksPerControl } from './host-health';
import type { Probe, Profile } from './probe';

/** Most requests per route, all in: calibration, controls and probes. */
export const requestsPerRoute: Readonly<Record<Profile, number>> = { smoke: 15, standard: 60, full: 1100 };

/** Requests before the probes: anonymous, garbage, unknown path; twice the good token per issuer, and once more at the end. */
export const calibrationRequests = { perEndpoint: 3, perIssuer: 3 } as const;

/** Controls that so many attacks take along. */
export function controlsBeside(attacks: number): number {
  return Math.floor(attacks / attacksPerControl);
}

/** What decides about shares beside the profile. */
export interface Spending {
  /** False for what cannot be tried. @default - everything can */
  readonly isPossible?: (probe: Probe) => boolean;
  /** Most requests per route. @default - those of the profile */
  readonly most?: number | undefined;
}

/**
 * How many requests each probe may send at a route. Where the wishes of all are more than the profile allows, the largest give way first,
 * down to one each; then those that decide no claim are left out, last ones first. What cannot be tried keeps one, to be listed as skipped.
 */
export function allot(
  probes: readonly Probe[],
  profile: Profile,
  { isPossible = () => true, most = requestsPerRoute[profile] }: Spending = {},
): ReadonlyMap<Probe, number> {
  const wish = (probe: Probe): number => (isPossible(probe) ? probe.budget[profile] : Math.min(1, probe.budget[profile]));
  const shares = new Map(probes.map((probe) => [probe, wish(probe)] as const));
  for (let over = sum(shares) - roomOf(most); over > 0; over -= 1) {
    const loser = largest(shares) ?? [...shares].findLast(([probe, share]) => share > 0 && !probe.core)?.[0];
    if (!loser) break;
    shares.set(loser, (shares.get(loser) ?? 1) - 1);
  }
  return shares;
}

/** What calibration and controls leave of a route. */
function roomOf(most: number): number {
  const left = most - calibrationRequests.perEndpoint - calibrationRequests.perIssuer;
  return left - Math.floor(left / (attacksPerControl + 1));
}

function largest(shares: ReadonlyMap<Probe, number>): Probe | undefined {
  let found: Probe | undefined;
  for (const [probe, share] of shares) if (share > 1 && share >= (found ? (shares.get(found) ?? 0) : 2)) found = probe;
  return found;
}

function sum(shares: ReadonlyMap<Probe, number>): number {
  let total = 0;
  for (const share of shares.values()) total += share;
  return total;
}
