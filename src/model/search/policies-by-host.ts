import type { AuthorizationPolicy, Workload } from '../istio';
import { isUsablePolicyPath } from '../path-template';
import { selects } from '../select-workload';
import { byWorkload } from './by-workload';
import { indexSelections } from './selection-index';

/** Finds the policies of a workload that may say something about a host, without looking at those of all other hosts. */
export interface PoliciesByHost {
  /** Decides about requests to the host, as they are sent, just as `all` does. */
  readonly at: (workload: Workload, host: string) => readonly AuthorizationPolicy[];
  readonly all: (workload: Workload) => readonly AuthorizationPolicy[];
}

/** Policies of one workload. */
interface Shelf {
  readonly all: readonly AuthorizationPolicy[];
  /** Position of each in `all`: the first that admits a request is the one that is named. */
  readonly places: ReadonlyMap<AuthorizationPolicy, number>;
  /** Those that name every host they are for, in full, by host. */
  readonly byHost: ReadonlyMap<string, readonly AuthorizationPolicy[]>;
  readonly everywhere: readonly AuthorizationPolicy[];
  /** One ALLOW policy closes a workload for everybody whom none admits, whatever host it names. */
  readonly closing: readonly AuthorizationPolicy[];
}

/** Makes policies findable by workload and host. */
export function indexPoliciesByHost(policies: readonly AuthorizationPolicy[]): PoliciesByHost {
  const selections = indexSelections<AuthorizationPolicy>(policies, isMade);
  const shelfOf = byWorkload((workload) => shelve(selections.near(workload), workload));
  return {
    all: (workload) => shelfOf(workload).all,
    at: (workload, host) => {
      const { places, byHost, everywhere, closing } = shelfOf(workload);
      const found = new Set([...(byHost.get(host) ?? []), ...everywhere, ...closing]);
      return [...found].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
    },
  };
}

function shelve(all: readonly AuthorizationPolicy[], workload: Workload): Shelf {
  const byHost = new Map<string, AuthorizationPolicy[]>();
  const everywhere: AuthorizationPolicy[] = [];
  for (const policy of all) {
    const hosts = hostsOf(policy);
    if (!hosts) everywhere.push(policy);
    for (const host of hosts ?? []) {
      const list = byHost.get(host);
      if (list) list.push(policy);
      else byHost.set(host, [policy]);
    }
  }
  const allowing = all.filter(({ action }) => action === 'ALLOW');
  const sure = allowing.find((policy) => selects(policy, workload, isMade(policy)) === true);
  const perhaps = allowing.find((policy) => selects(policy, workload, isMade(policy)) !== true);
  const places = new Map(all.map((policy, place) => [policy, place]));
  return { all, places, byHost, everywhere, closing: [sure, perhaps].flatMap((policy) => policy ?? []) };
}

function isMade({ origin }: AuthorizationPolicy): boolean {
  return origin !== undefined;
}

/** The hosts that a policy is for; absent when it may be for any, or stops the whole workload. */
function hostsOf({ rules }: AuthorizationPolicy): ReadonlySet<string> | undefined {
  const operations = rules.flatMap(({ to }) => to);
  const isOpen = rules.length === 0 || rules.some(({ to }) => to.length === 0);
  if (isOpen || operations.some(({ paths = [], notPaths = [] }) => ![...paths, ...notPaths].every(isUsablePolicyPath))) return undefined;
  const hosts = operations.map((operation) => operation.hosts);
  if (hosts.some((names) => names === undefined || names.some((name) => name.includes('*')))) return undefined;
  return new Set(hosts.flatMap((names) => names ?? []).map((name) => name.toLowerCase()));
}
