import type { Decision } from '../access';
import type { Cluster } from '../cluster';
import { decideInside } from '../decide';
import type { AuthorizationPolicy, Destination, IstioObjects, RequestAuthentication } from '../istio';
import { ingressPrincipal } from '../mesh';
import { destinationOf, indexServices } from '../service-workload';
import type { AccessChange } from './access-change';
import { anonymous, requestsOf, type Caller } from './caller';
import { sampleOf } from './host-scope';
import { indexPoliciesByHost, type PoliciesByHost } from './policies-by-host';
import { searchHost, type HostSearch } from './search-host';
import { indexSelections, type SelectionIndex } from './selection-index';

/** Somebody in the mesh whom no policy names. */
const somebody = 'cluster.local/ns/some-namespace/sa/some-account';

/** More callers than any author names; bounds the work on hostile input. */
const principalLimit = 16;

interface Side {
  readonly cluster: Cluster;
  readonly objects: IstioObjects;
}

interface Inside {
  readonly destinations: ReadonlyMap<string, Destination>;
  readonly policies: PoliciesByHost;
  readonly authentications: SelectionIndex<RequestAuthentication>;
}

/** Compares what callers inside the cluster get of the workloads that both states have: the gateway stands before none of them. */
export function compareInside(before: Side, after: Side, open: Set<string>): AccessChange[] {
  const [earlier, later] = [insideOf(before), insideOf(after)];
  return [...later.destinations].flatMap(([name, destination]) => {
    const old = earlier.destinations.get(name);
    return old ? compareWorkload({ ...earlier, destination: old }, { ...later, destination }, open) : [];
  });
}

function insideOf({ cluster, objects }: Side): Inside {
  const services = indexServices(cluster.services);
  const named = [...services.values()].map(({ namespace, name, ports }) => destinationOf(services, namespace, name, ports[0] ?? 80));
  const reached = objects.virtualServices.flatMap(({ http }) => http.map(({ destination }) => destination));
  return {
    destinations: new Map([...reached, ...named].map((one) => [`${one.namespace}/${one.service}`, one])),
    policies: indexPoliciesByHost(objects.authorizationPolicies),
    authentications: indexSelections(objects.requestAuthentications, ({ apiRule }) => apiRule !== undefined),
  };
}

type Workplace = Inside & { readonly destination: Destination };

function compareWorkload(before: Workplace, after: Workplace, open: Set<string>): AccessChange[] {
  const { namespace, service } = after.destination;
  const all = [before, after].flatMap(({ policies, destination }) => policies.all(destination.workload));
  const named = new Set(all.flatMap(({ rules }) => rules.flatMap(({ to }) => to.flatMap(({ hosts = [] }) => hosts))));
  const hosts = new Set([`${service}.${namespace}.svc.cluster.local`, ...[...named].map((host) => sampleOf(host.toLowerCase(), named))]);
  const found = new Map<string, AccessChange>();
  for (const host of hosts) {
    const [was, is] = [nearOf(before, host), nearOf(after, host)];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    for (const change of compareHost({ ...before, near: was }, { ...after, near: is }, host, open)) {
      const key = JSON.stringify([change.kind, change.before, change.after, change.caller.issuer === undefined]);
      if (!found.has(key)) found.set(key, change);
    }
  }
  // What anybody inside can do is not told again for holders of tokens.
  const free = new Set(
    [...found.values()]
      .filter(({ caller }) => caller.issuer === undefined)
      .map(({ kind, before: was, after: is }) => `${kind} ${was} ${is}`),
  );
  return [...found.values()].filter(
    (change) => change.caller.issuer === undefined || !free.has(`${change.kind} ${change.before} ${change.after}`),
  );
}

function nearOf({ policies, authentications, destination: { workload } }: Workplace, host: string): IstioObjects {
  return {
    virtualServices: [],
    authorizationPolicies: policies.at(workload, host),
    requestAuthentications: authentications.near(workload),
  };
}

type Place = Workplace & { readonly near: IstioObjects };

function* compareHost(before: Place, after: Place, host: string, open: Set<string>): Generator<AccessChange> {
  const scopes = [before, after].map(({ near }) => ({ host, objects: near, apiRules: [], named: [], destinations: [] }));
  const policies = [before, after].flatMap(({ near }) => near.authorizationPolicies);
  const joined = { virtualServices: [], requestAuthentications: [], authorizationPolicies: policies };
  const whole = searchHost({ host, objects: joined, apiRules: [], named: [], destinations: [] });
  const searches = scopes.map((scope) => searchHost(scope));
  if (whole.incomplete !== undefined)
    open.add(`Service ${before.destination.namespace}/${before.destination.service}: ${whole.incomplete}`);
  const principals = principalsOf(policies);
  for (const method of methodsOf(policies)) {
    for (const path of whole.paths) {
      for (const caller of callersOf(searches, method, path)) {
        for (const principal of principals) {
          const change = compareRequest(before, after, { host, method, path, caller: { ...caller, principal } }, open);
          if (change) yield change;
        }
      }
    }
  }
}

function callersOf(searches: readonly HostSearch[], method: string, path: string): Caller[] {
  return [anonymous, ...searches.flatMap((search) => search.callers(method, path).filter(({ issuer }) => issuer !== undefined))];
}

interface Call {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly caller: Caller & { readonly principal: string };
}

function compareRequest(before: Place, after: Place, { host, method, path, caller }: Call, open: Set<string>): AccessChange | undefined {
  const jwtRules = [before, after].flatMap(({ near }) => near.requestAuthentications.flatMap((one) => one.jwtRules));
  const sent = { host, method, target: path, headers: {}, caller: caller.principal };
  for (const { request, facts } of requestsOf(sent, caller, jwtRules)) {
    const [was, is] = [before, after].map(({ near, destination }) => decideInside(near, destination, request, facts)) as [
      Decision,
      Decision,
    ];
    const [wasText, isText] = [textOf(was, after), textOf(is, after)];
    if (wasText === isText) continue;
    if (is.verdict === 'unknown' && is.why.at(-1)?.stage !== 'custom') open.add(`${method} http://${host}${path}: ${is.missing ?? ''}`);
    const kind = is.verdict === 'forward' ? 'opened' : was.verdict === 'forward' ? 'closed' : 'altered';
    return { kind, request: { host, method, path }, caller, before: wasText, after: isText };
  }
  return undefined;
}

function textOf({ verdict, status, missing = '' }: Decision, { destination: { namespace, service } }: Place): string {
  if (verdict === 'forward') return `reaches ${namespace}/${service}`;
  return verdict === 'unknown' ? `cannot be told (${missing})` : `is refused with ${status}`;
}

/** Callers that policies tell apart. Nobody but the ingress gateway has its identity. */
function principalsOf(policies: readonly AuthorizationPolicy[]): string[] {
  const rules = policies.flatMap((policy) => policy.rules);
  const sources = rules.flatMap(({ from }) => from);
  const conditions = rules.flatMap(({ when }) => when);
  const valuesOf = (key: string): string[] =>
    conditions.filter((condition) => condition.key === key).flatMap(({ values = [], notValues = [] }) => [...values, ...notValues]);
  const names = [
    ...sources.flatMap(({ principals = [], notPrincipals = [] }) => [...principals, ...notPrincipals]),
    ...valuesOf('source.principal'),
  ];
  const namespaces = [
    ...sources.flatMap(({ namespaces: some = [], notNamespaces = [] }) => [...some, ...notNamespaces]),
    ...valuesOf('source.namespace'),
  ];
  const all = [...names.map(filled), ...namespaces.map((name) => `cluster.local/ns/${filled(name)}/sa/some-account`)];
  return [...new Set(['', somebody, ...all])].filter((name) => name !== ingressPrincipal).slice(0, principalLimit);
}

/** A text that a pattern of a policy takes. */
function filled(pattern: string): string {
  if (pattern === '*') return somebody;
  return pattern.startsWith('*') ? `some${pattern.slice(1)}` : pattern.replace(/\*$/, 'some');
}

const commonMethods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];

/** Methods that policies name, and one that none does. */
function methodsOf(policies: readonly AuthorizationPolicy[]): string[] {
  const operations = policies.flatMap(({ rules }) => rules.flatMap(({ to }) => to));
  const named = new Set(
    operations.flatMap(({ methods = [], notMethods = [] }) => [...methods, ...notMethods]).filter((name) => !name.includes('*')),
  );
  return [...named, ...commonMethods.filter((name) => !named.has(name)).slice(0, 1)].filter((name) => name !== 'CONNECT');
}
