import { isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import type { Endpoint } from './endpoint';
import { isWriting } from './endpoint';
import { calibrationRequests, controlsBeside } from './allotment';
import { impacts, type Impact } from './probe';
import type { ProfileChoice } from './representatives';
import { mayRun } from './most-impact';
import { probesFor, type EndpointContext } from './run-endpoint';
import { routesOf } from './plan';

/** What a plan is made of. */
export interface PlanFacts {
  readonly endpoints: readonly Endpoint[];
  readonly choice: ProfileChoice;
  readonly mayWrite: (host: string) => boolean;
  readonly mostImpact: (host: string) => Impact;
  /** Requests per second at a host; undefined when there is no limit. */
  readonly rateOf: (host: string) => number | undefined;
  /** Clients that must be refused; each of them is tried. */
  readonly denied: number;
}

/** Requests by their impact. */
type Bill = Partial<Record<Impact, number>>;

/** The most requests that an endpoint can cost by impact, repetitions of unclear answers aside. */
export function billOf(
  endpoint: Endpoint,
  choice: EndpointContext['choice'],
  withoutEffect: boolean,
  { denied = 0, hardest = 'disruptive' }: { denied?: number; hardest?: Impact } = {},
): Bill {
  if (endpoint.intent === 'public') return withoutEffect ? {} : { safe: 2 };
  const issuers = routesOf(endpoint).length;
  const bill: Bill = { safe: withoutEffect ? 1 : calibrationRequests.perEndpoint + calibrationRequests.perIssuer * issuers };
  let attacks = 0;
  for (const [probe, most] of probesFor(endpoint, choice, withoutEffect)) {
    if (!mayRun(probe, hardest)) continue;
    const { everyToken, per, impact } = probe;
    const cost = (everyToken ? denied : most) * (per === 'issuer' ? issuers : 1);
    bill[impact] = (bill[impact] ?? 0) + cost;
    attacks += cost;
  }
  return added([bill, { safe: controlsBeside(attacks) }]);
}

function added(bills: readonly Bill[]): Bill {
  const sum: Bill = {};
  for (const impact of impacts) {
    const requests = bills.reduce((total, bill) => total + (bill[impact] ?? 0), 0);
    if (requests > 0) sum[impact] = requests;
  }
  return sum;
}

function total(bill: Bill): number {
  return Object.values(bill).reduce((sum, requests) => sum + requests, 0);
}

/** What would be sent: requests by impact and duration per host, and the probes of each route. */
export function planReport({ endpoints, choice, mayWrite, mostImpact, rateOf, denied }: PlanFacts): JsonObject {
  const effectless = (endpoint: Endpoint): boolean => isWriting(endpoint.method) && !mayWrite(endpoint.host);
  const bills = new Map(
    endpoints.map(
      (endpoint) => [endpoint, billOf(endpoint, choice, effectless(endpoint), { denied, hardest: mostImpact(endpoint.host) })] as const,
    ),
  );
  const byHost = new Map<string, Bill[]>();
  for (const [{ host }, bill] of bills) {
    const own = byHost.get(host);
    if (own) own.push(bill);
    else byHost.set(host, [bill]);
  }
  return {
    hosts: [...byHost].map(([host, own]) => {
      const impact = added(own);
      const rate = rateOf(host);
      return { host, requests: total(impact), impact, ...(rate !== undefined && { seconds: Math.ceil(total(impact) / rate) }) };
    }),
    routes: [...bills].map(([endpoint, bill]) => {
      const { method, host, path, samplePath, intent } = endpoint;
      const probes =
        intent === 'public'
          ? []
          : [...probesFor(endpoint, choice, effectless(endpoint)).keys()].filter((probe) => mayRun(probe, mostImpact(endpoint.host)));
      return {
        ...{ method, host, path, samplePath, intent },
        impact: impacts.findLast((level) => (bill[level] ?? 0) > 0) ?? 'safe',
        requests: total(bill),
        probes: intent === 'public' ? ['public-open'] : probes.map(({ id }) => id),
      };
    }),
  };
}

/** The plan as lines for people. @param isVerbose names the probes of each route */
export function planText(plan: JsonObject, isVerbose = false): string {
  const hosts = objects(plan['hosts']).map(({ host, requests, impact, perSecond, seconds }) => {
    const rate = typeof perSecond === 'number' ? `, ${perSecond} a second for` : ', about';
    const time = typeof seconds === 'number' ? `${rate} ${seconds} seconds` : '';
    const parts = isJsonObject(impact) ? Object.entries(impact).map(([level, number]) => `${textOf(number)} ${level}`) : [];
    return `${textOf(host)}: at most ${textOf(requests)} requests (${parts.join(', ') || 'none'})${time}`;
  });
  const routes = objects(plan['routes']).map(({ method, host, path, samplePath, intent, impact, requests, probes }) => {
    const call = `${textOf(method)} ${textOf(host)}${textOf(path)}`;
    const named = isVerbose && Array.isArray(probes) ? `\n    ${probes.map(textOf).join(', ')}` : '';
    return `  ${call} (${textOf(intent)}, asked as ${textOf(samplePath)}): ${textOf(requests)} requests, impact ${textOf(impact)}${named}`;
  });
  return `${[...hosts, ...routes, 'Nothing was sent.'].join('\n')}\n`;
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => isJsonObject(item)) : [];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
