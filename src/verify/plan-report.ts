import type { Family } from '../model/family';
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import type { Endpoint } from './endpoint';
import { isWriting } from './endpoint';
import { impacts, type Probe, type Profile } from './probe';
import { probesFor } from './run-endpoint';
import { routesOf } from './plan';

/** Requests before the probes: anonymous, garbage, unknown path; twice the good token per issuer, and once more at the end. */
export const calibrationRequests = { perEndpoint: 3, perIssuer: 3 } as const;

/** What a plan is made of. */
export interface PlanFacts {
  readonly endpoints: readonly Endpoint[];
  readonly profileOf: (endpoint: Endpoint) => Profile;
  readonly mayWrite: (host: string) => boolean;
  /** Requests per second at a host; undefined when there is no limit. */
  readonly rateOf: (host: string) => number | undefined;
  /** Clients that must be refused; each of them is tried. */
  readonly denied: number;
  /** Families to run beside the core probes. @default - all */
  readonly families?: readonly Family[];
}

/** What runs at an endpoint, and with how many clients that must be refused. */
export interface Effort {
  readonly profile: Profile;
  readonly withoutEffect: boolean;
  /** @default 0 */
  readonly denied?: number;
  readonly families?: readonly Family[] | undefined;
}

/** The most requests that an endpoint can cost, repetitions of unclear answers aside. */
export function requestsOf(endpoint: Endpoint, { profile, withoutEffect, denied = 0, families }: Effort): number {
  if (endpoint.intent === 'public') return withoutEffect ? 0 : 2;
  const issuers = routesOf(endpoint).length;
  const cost = (probe: Probe): number => (probe.everyToken ? denied : probe.budget[profile]) * (probe.per === 'issuer' ? issuers : 1);
  const probes = probesFor(endpoint, profile, withoutEffect, families).reduce((sum, probe) => sum + cost(probe), 0);
  return probes + (withoutEffect ? 1 : calibrationRequests.perEndpoint + calibrationRequests.perIssuer * issuers);
}

/** What would be sent: requests, impact and duration per host, and the probes of each route. */
export function planReport({ endpoints, profileOf, mayWrite, rateOf, denied, families }: PlanFacts): JsonObject {
  const hosts = [...new Set(endpoints.map(({ host }) => host))];
  const effectless = (endpoint: Endpoint): boolean => isWriting(endpoint.method) && !mayWrite(endpoint.host);
  const requests = (endpoint: Endpoint): number =>
    requestsOf(endpoint, { profile: profileOf(endpoint), withoutEffect: effectless(endpoint), denied, families });
  return {
    hosts: hosts.map((host) => {
      const total = endpoints.filter((endpoint) => endpoint.host === host).reduce((sum, endpoint) => sum + requests(endpoint), 0);
      const rate = rateOf(host);
      return { host, requests: total, ...(rate !== undefined && { seconds: Math.ceil(total / rate) }) };
    }),
    routes: endpoints.map((endpoint) => {
      const probes = endpoint.intent === 'public' ? [] : probesFor(endpoint, profileOf(endpoint), effectless(endpoint), families);
      const impact = impacts.findLast((level) => probes.some((probe) => probe.impact === level)) ?? 'safe';
      const { method, host, path, samplePath, intent } = endpoint;
      return {
        method,
        host,
        path,
        samplePath,
        intent,
        impact,
        requests: requests(endpoint),
        probes: endpoint.intent === 'public' ? ['public-open'] : probes.map(({ id }) => id),
      };
    }),
  };
}

/** The plan as lines for people. */
export function planText(plan: JsonObject): string {
  const hosts = objects(plan['hosts']).map(({ host, requests, seconds }) => {
    const time = typeof seconds === 'number' ? `, about ${seconds} seconds` : '';
    return `${textOf(host)}: at most ${textOf(requests)} requests${time}`;
  });
  const routes = objects(plan['routes']).map(({ method, host, path, samplePath, intent, impact, requests }) => {
    const call = `${textOf(method)} ${textOf(host)}${textOf(path)}`;
    return `  ${call} (${textOf(intent)}, asked as ${textOf(samplePath)}): ${textOf(requests)} requests, impact ${textOf(impact)}`;
  });
  return `${[...hosts, ...routes, 'Nothing was sent.'].join('\n')}\n`;
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => isJsonObject(item)) : [];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
