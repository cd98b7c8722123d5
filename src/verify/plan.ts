import type { ApiRule, JwtConfig, Rule } from '../model/api-rule';
import type { CheckResult } from '../model/check-result';
import { UsageError } from '../model/errors';
import { completeHost, isFullHost, isShortHost } from '../model/names';
import { parsePathTemplate, routeMatcher } from '../model/path-template';
import { namespaceOf, whereOf } from '../model/object-ref';
import { samplePaths } from '../model/sample-paths';
import type { Endpoint, Route, Sibling } from './endpoint';
import { fitsCall, hintsFor, idleAnnotation, readAnnotation, type HintedCall, type HintEntry } from './hints';

/** What turns rules into calls. */
export interface PlanOptions {
  /** Completes hosts of one label. */
  readonly domain?: string;
  /** Wildcard host to one name below it (`--sample`). */
  readonly samples: Readonly<Record<string, string>>;
  /** Hosts that have a target; they also complete a short host. */
  readonly targetHosts: readonly string[];
  readonly expectations: readonly HintEntry[];
}

/** Everything that can be called, in the order of the input. */
export interface CallPlan {
  readonly endpoints: readonly Endpoint[];
  /** Hints that cannot be read, or fit no call. */
  readonly problems: readonly CheckResult[];
  /** Expectations that fit no call. */
  readonly idleHints: readonly HintEntry[];
  /** Rules of which no path could be found that they decide. */
  readonly shadowed: readonly Endpoint[];
}

/**
 * Lists every rule x method x host of all APIRules.
 * @throws {UsageError} ERR_USAGE when a host is not known in full
 */
export function planCalls(apiRules: readonly ApiRule[], options: PlanOptions): CallPlan {
  const problems: CheckResult[] = [];
  const used = new Set<HintEntry>();
  const all = apiRules.flatMap((apiRule) => {
    const annotation = readAnnotation(apiRule);
    const entries = [...annotation.entries, ...options.expectations];
    const hosts = apiRule.hosts.map((host) => fullHost(host, options));
    if (entries.length > 0) {
      const calls = hosts.flatMap((host) => hintedCalls(apiRule, host));
      for (const entry of options.expectations) if (!used.has(entry) && calls.some((call) => fitsCall(entry, call))) used.add(entry);
      problems.push(...idleAnnotation(apiRule, annotation.entries, calls));
    }
    problems.push(...annotation.problems);
    const siblings = apiRule.rules.map(siblingOf);
    return hosts.flatMap((host) => endpointsOf({ apiRule, host, entries, siblings }));
  });
  const calls = withSiblingsOfHost(all);
  const isReachable = ({ samplePath }: Endpoint): boolean => samplePath !== '';
  return {
    endpoints: calls.filter(isReachable),
    problems,
    idleHints: options.expectations.filter((entry) => !used.has(entry)),
    shadowed: calls.filter((endpoint) => !isReachable(endpoint)),
  };
}

function hintedCalls({ rules }: ApiRule, host: string): HintedCall[] {
  return rules.flatMap(({ path, methods }, index) => methods.map((method) => ({ host, index, path, method })));
}

/** Several APIRules may share a host: what one of them exposes is no stranger to the others. Several hosts may lead to one workload. */
function withSiblingsOfHost(all: readonly Endpoint[]): Endpoint[] {
  const byHost = new Map<string, Set<Sibling>>();
  const hostsOf = new Map<string, Set<string>>();
  for (const { host, siblings, workload } of all) {
    const known = byHost.get(host) ?? new Set();
    for (const sibling of siblings) known.add(sibling);
    byHost.set(host, known);
    hostsOf.set(workload, (hostsOf.get(workload) ?? new Set()).add(host));
  }
  const open = all.filter(({ intent, method, samplePath }) => intent === 'public' && method === 'GET' && samplePath !== '');
  const publicPathsOf = (host: string): string[] => [
    ...new Set(open.filter((one) => one.host === host).map(({ samplePath }) => samplePath)),
  ];
  const publicPaths = new Map([...byHost.keys()].map((host) => [host, publicPathsOf(host).slice(0, mostPublicPaths)] as const));
  const rules = new Map([...byHost].map(([host, siblings]) => [host, [...siblings]] as const));
  const siblingsOf = (host: string): readonly Sibling[] => rules.get(host) ?? [];
  return all.map((endpoint) => {
    const others = [...(hostsOf.get(endpoint.workload) ?? [])].filter((host) => host !== endpoint.host).slice(0, mostOtherHosts);
    const otherHosts = others.map((host) => ({ host, siblings: siblingsOf(host) }));
    const paths = publicPaths.get(endpoint.host) ?? [];
    return {
      ...endpoint,
      siblings: siblingsOf(endpoint.host),
      ...(paths.length > 0 && { publicPaths: paths }),
      ...(otherHosts.length > 0 && { otherHosts }),
    };
  });
}

/** Public paths that a call is tried from. */
const mostPublicPaths = 4;
/** Hosts of one workload that a call is tried at. */
const mostOtherHosts = 4;

/** The routes of an endpoint: one for each issuer that its rule trusts. */
export function routesOf(endpoint: Endpoint): readonly Route[] {
  return (endpoint.jwt?.authentications ?? []).map((trust) => ({ endpoint, trust }));
}

function siblingOf(rule: Rule): Sibling {
  const template = parsePathTemplate(rule.path);
  return { methods: rule.methods, intent: intentOf(rule), matches: template ? routeMatcher(template) : () => false };
}

interface HostRules {
  readonly apiRule: ApiRule;
  readonly host: string;
  readonly entries: readonly HintEntry[];
  readonly siblings: readonly Sibling[];
}

function endpointsOf({ apiRule, host, entries, siblings }: HostRules): Endpoint[] {
  const { manifest } = apiRule;
  return apiRule.rules.flatMap((rule, index) =>
    rule.methods.map((method): Endpoint => {
      const hints = hintsFor(entries, { host, index, path: rule.path, method });
      const jwt = jwtOf(rule);
      const service = rule.service ?? apiRule.service;
      return {
        host,
        method,
        path: rule.path,
        samplePath: sampleOf(rule, hints.path, { method, index, siblings }),
        intent: intentOf(rule),
        ...(jwt && { jwt }),
        ...(apiRule.corsPolicy && { cors: apiRule.corsPolicy }),
        workload: `${service?.namespace ?? namespaceOf(manifest)}/${service?.name ?? ''}`,
        hints,
        siblings,
        where: whereOf(manifest, ['spec', 'rules', index]),
      };
    }),
  );
}

/** The first path that no earlier rule takes; empty when there is none. */
function sampleOf(rule: Rule, hint: string | undefined, at: { method: string; index: number; siblings: readonly Sibling[] }): string {
  const template = parsePathTemplate(rule.path);
  const candidates = hint === undefined ? (template ? samplePaths(template) : []) : [hint];
  const isTaken = (path: string): boolean =>
    at.siblings.some(({ methods, matches }, index) => index < at.index && methods.includes(at.method) && matches(path));
  return candidates.find((path) => at.siblings[at.index]?.matches(path) === true && !isTaken(path)) ?? '';
}

function intentOf({ access }: Rule): Endpoint['intent'] {
  return access.kind === 'noAuth' ? 'public' : access.kind === 'jwt' ? 'jwt' : 'external';
}

function jwtOf({ access }: Rule): JwtConfig | undefined {
  return access.kind === 'jwt' ? access.jwt : access.kind === 'extAuth' ? access.restrictions : undefined;
}

function fullHost(host: string, options: PlanOptions): string {
  const full = completed(host, options);
  // A manifest is hostile input: what is no name must not get into a URL.
  if (!isFullHost(full) && !isShortHost(full)) throw new UsageError(`host ${JSON.stringify(host)} is no DNS name`, 'Correct spec.hosts.');
  return full;
}

function completed(host: string, { domain, samples, targetHosts }: PlanOptions): string {
  if (host.startsWith('*.')) {
    const name = samples[host];
    if (name === undefined) throw new UsageError(`host ${host} is a wildcard`, `Name one host below it: --sample '${host}=NAME'.`);
    return name.includes('.') ? name : `${name}${host.slice(1)}`;
  }
  if (host.includes('.') || targetHosts.includes(host)) return host;
  const known = targetHosts.find((target) => target.startsWith(`${host}.`));
  const full = known ?? completeHost(host, domain);
  if (!full.includes('.')) throw new UsageError(`host "${host}" has no domain`, 'Complete short hosts with --domain DOMAIN.');
  return full;
}
