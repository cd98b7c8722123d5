import { checkResult, type CheckResult } from '../model/check-result';
import type { JsonObject } from '../model/json';
import { isClaim, matrixData, routeMatrix } from '../model/route-matrix';
import { routeRef } from './describe';
import type { Endpoint } from './endpoint';
import { publicOpen } from './probes/public-open';
import type { Profile } from './probe';

/** Where the requests of a run went. */
export interface Reach {
  readonly scope: readonly string[];
  readonly requests: number;
  /** Where requests for a host went. */
  readonly baseOf: (host: string) => string;
  /** Any certificate of targets was taken. */
  readonly insecureTls: boolean;
}

/** What the report says about the run as a whole. */
export interface RunSummary extends Reach {
  readonly endpoints: readonly Endpoint[];
  /** Calls that `--only` or `--skip` left out. */
  readonly leftOut: readonly Endpoint[];
  readonly profile: Profile;
  /** Different probes that the profile ran. */
  readonly probes: number;
  readonly representatives: readonly Endpoint[];
  readonly issuers: readonly JsonObject[];
  /** Hosts that were given up, each with the reason. */
  readonly stoppedHosts: ReadonlyMap<string, string>;
  readonly ready: boolean;
}

/** Facts of the run for `data`, and the lines that people read below the results. */
export function reportData(summary: RunSummary): JsonObject & { readonly notes: readonly string[]; readonly limits: readonly string[] } {
  const { endpoints, profile, probes, representatives, scope, requests, stoppedHosts } = summary;
  const hosts = [...new Set(endpoints.map(({ host }) => host))];
  const named = representatives.map(nameOf);
  const leftOut = summary.leftOut.map(nameOf);
  const notes = [
    `${count(endpoints.length, 'call')} of ${count(hosts.length, 'host')}, ${count(probes, 'probe')} in profile ${profile}, ${count(requests, 'request')}`,
    `Scope: loopback${scope.length === 0 ? '' : `, ${scope.join(', ')}`}`,
    ...(named.length === 0 || named.length === endpoints.length ? [] : [shared(profile, named)]),
    ...tlsNotes(hosts, summary),
    ...(leftOut.length === 0 ? [] : [`Left out by --only or --skip, so not judged: ${leftOut.join(', ')}`]),
    ...(summary.ready ? [] : ['The target was not ready within --wait; it was judged as it is']),
    ...[...stoppedHosts].map(([host, why]) => `${host} ${why}; after three signs nothing more was sent to it`),
    'A pass says that these requests were refused from here and now; it does not speak for other paths, networks or times.',
  ];
  return {
    profile,
    probes,
    calls: endpoints.length,
    leftOut,
    requests,
    scope: [...scope],
    targets: targetsOf(endpoints, summary.baseOf),
    issuers: [...summary.issuers],
    representatives: named,
    stoppedHosts: [...stoppedHosts.keys()],
    notes,
    limits: [...limits],
  };
}

const uncheckedCertificates =
  'The certificates of the targets were not checked (--insecure-tls): who answered in their place, and what callers who check them get, is not known.';

/** What is not known because certificates were not looked at. */
export function tlsNotes(hosts: readonly string[], { insecureTls, baseOf }: Pick<Reach, 'insecureTls' | 'baseOf'>): string[] {
  return insecureTls && hosts.some((host) => baseOf(host).startsWith('https:')) ? [uncheckedCertificates] : [];
}

function shared(profile: Profile, named: readonly string[]): string {
  return profile === 'full'
    ? `The full set was spent on ${named.join(', ')}; the others got the standard set`
    : `What decides no claim about token and signature was tried at ${named.join(', ')} only`;
}

/** What no run proves, however well it ends. */
const limits = [
  'Requests were refused from this place and at this time; other networks, callers inside the cluster and other times are not covered.',
  'Each rule was asked at its sample path; other paths of the same rule were tried only as far as the probes say.',
  'What the holder of a valid token may do inside the application was not tested.',
];

/** What was concluded of each route, as programs read it. */
export function matrixFacts(results: readonly CheckResult[]): JsonObject {
  const claims = results.filter(isClaim).map(({ id, route, status, message, suppressed }): JsonObject => {
    return { claim: id, ...(route && { route: { ...route } }), status, message, ...(suppressed && { accepted: true }) };
  });
  return { claims, matrix: matrixData(routeMatrix(results)) };
}

/** A rule that nothing reaches: an earlier one takes every path that could be tried. */
export function describeShadowed(endpoint: Endpoint): CheckResult {
  if (endpoint.intent === 'public') return shadowedPublic(endpoint);
  const message = 'no path was found that this rule decides; an earlier rule takes them, or the hint does not fit';
  const fix = 'Order the rules from narrow to wide, or name a path in the hints of the rule.';
  const base = { id: 'protected', title: 'Opens for the right token and for nothing else', status: 'error', severity: 'critical' } as const;
  return checkResult({ ...base, message, fix, docs: 'docs/verify.md', where: endpoint.where, route: routeRef(endpoint) });
}

/** What an earlier rule protects although this one means it to be public is no hole. */
function shadowedPublic(endpoint: Endpoint): CheckResult {
  const { id, title, severity } = publicOpen;
  const message = 'no path was found that this public rule decides; an earlier rule takes them, or the hint does not fit';
  const fix = 'Order the rules from narrow to wide, name a path in the hints of the rule, or take the rule out.';
  const base = { id, title, severity, status: 'warn', message, fix, docs: `docs/probes.md#${id}` } as const;
  return checkResult({ ...base, where: endpoint.where, route: routeRef(endpoint) });
}

/** Where requests for each host went. */
export function targetsOf(endpoints: readonly Endpoint[], baseOf: (host: string) => string): JsonObject[] {
  return [...new Set(endpoints.map(({ host }) => host))].map((host) => ({ host, url: withoutUser(baseOf(host)) }));
}

/** Whoever puts a password into an address does not want it in a report. */
function withoutUser(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

function nameOf({ method, host, path }: Endpoint): string {
  return `${method} ${host}${path}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
