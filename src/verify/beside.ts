import type { Endpoint, Route } from './endpoint';
import { routesOf } from './plan';
import type { TokenVariant } from './probe-target';

/** The first route of each issuer and key address in a group, with its place among all routes. */
type Firsts = Map<string, readonly [number, Route]>;

const none: Firsts = new Map();

/** Tells issuers apart. */
export function issuerKey({ trust: { issuer, jwksUri } }: Route): string {
  return JSON.stringify([issuer, jwksUri]);
}

/** The first route of each issuer and key address. */
export function distinctIssuers(routes: readonly Route[]): Route[] {
  return [...firstsOf(routes).values()].map(([, route]) => route);
}

/** Routes of all rules that are not public. */
export function closedRoutes(endpoints: readonly Endpoint[]): Route[] {
  return endpoints.filter(({ intent }) => intent !== 'public').flatMap(routesOf);
}

/** The endpoints, and all that are beside one of them. */
export function surrounding(endpoints: readonly Endpoint[], whole: readonly Endpoint[]): readonly Endpoint[] {
  const [hosts, workloads] = [new Set(endpoints.map(({ host }) => host)), new Set(endpoints.map(({ workload }) => workload))];
  return whole.filter(({ host, workload }) => hosts.has(host) || workloads.has(workload));
}

/**
 * Looks up the rules that a gateway may mix up with those of an endpoint: rules of the same host or workload. Each issuer is there once, with
 * the first route that trusts it.
 */
export function besideIn(around: readonly Route[]): (endpoint: Endpoint) => readonly Route[] {
  const [byHost, byWorkload] = [new Map<string, Firsts>(), new Map<string, Firsts>()];
  for (const [index, route] of around.entries()) {
    addTo(byHost, route.endpoint.host, [index, route]);
    addTo(byWorkload, route.endpoint.workload, [index, route]);
  }
  const known = new Map<string, readonly Route[]>();
  return ({ host, workload }) => {
    const key = `${host} ${workload}`;
    const found = known.get(key) ?? merged(byHost.get(host) ?? none, byWorkload.get(workload) ?? none);
    known.set(key, found);
    return found;
  };
}

/** Good tokens of issuers that only the rules beside trust, one each. */
export function neighboursOf({ jwt }: Endpoint, beside: readonly Route[], tokenOf: (issuer: string) => string | undefined): TokenVariant[] {
  const own = new Set(jwt?.authentications.map(({ issuer }) => issuer));
  const issuers = new Set(beside.map(({ trust }) => trust.issuer).filter((issuer) => !own.has(issuer)));
  return [...issuers].flatMap((issuer) => {
    const token = tokenOf(issuer);
    return token === undefined ? [] : [{ label: `the good token of ${issuer}`, token }];
  });
}

function firstsOf(routes: readonly Route[]): Firsts {
  const firsts: Firsts = new Map();
  for (const entry of routes.entries()) addFirst(firsts, entry);
  return firsts;
}

function addTo(groups: Map<string, Firsts>, name: string, entry: readonly [number, Route]): void {
  const firsts = groups.get(name) ?? new Map<string, readonly [number, Route]>();
  groups.set(name, firsts);
  addFirst(firsts, entry);
}

function addFirst(firsts: Firsts, entry: readonly [number, Route]): void {
  const key = issuerKey(entry[1]);
  if (!firsts.has(key)) firsts.set(key, entry);
}

/** In the order of all routes. */
function merged(one: Firsts, other: Firsts): Route[] {
  const all = [...one, ...other].sort(([, [a]], [, [b]]) => a - b);
  return distinctIssuers(all.map(([, [, route]]) => route));
}
