import { UsageError } from '../../model/errors';
import type { JsonObject } from '../../model/json';
import { calibrationRequests } from '../allotment';
import { isWriting, type Endpoint } from '../endpoint';
import { routesOf } from '../plan';

/** Calls per second and host while a change is watched. */
export const watchRate = 5;

/**
 * What is watched: calls that write go out with consent only.
 * @throws {UsageError} ERR_USAGE when every one of them writes
 */
export function watchable(endpoints: readonly Endpoint[], unsafeMethods = false): Endpoint[] {
  const reading = endpoints.filter(({ method }) => !isWriting(method) || unsafeMethods);
  if (reading.length > 0 || endpoints.length === 0) return reading;
  throw new UsageError('there is nothing to watch: every route writes', 'Let them be called with --unsafe-methods.');
}

/** How long and how fast a watch is to be. */
export interface WatchBill {
  readonly durationMs: number;
  /** Calls per second and host. */
  readonly rate: number;
}

/** What a watch would send: requests per host, how fast and for how long, and the share of each route. */
export function watchPlan(endpoints: readonly Endpoint[], { durationMs, rate }: WatchBill): JsonObject {
  const seconds = durationMs / 1000;
  const hosts = [...new Set(endpoints.map(({ host }) => host))];
  const calls = Math.ceil(rate * seconds);
  const before = (of: readonly Endpoint[]): number => of.reduce((sum, endpoint) => sum + requestsBefore(endpoint), 0);
  return {
    hosts: hosts.map((host) => {
      const requests = calls + before(endpoints.filter((endpoint) => endpoint.host === host));
      return { host, requests, impact: { safe: requests }, perSecond: rate, seconds };
    }),
    routes: endpoints.map((endpoint) => {
      const { method, host, path, samplePath, intent } = endpoint;
      const inTurn = endpoints.filter((other) => other.host === host).reduce((sum, other) => sum + callsInTurn(other), 0);
      const requests = requestsBefore(endpoint) + Math.ceil((calls * callsInTurn(endpoint)) / inTurn);
      return { method, host, path, samplePath, intent, impact: 'safe', requests };
    }),
  };
}

/** Calibration; a public route is asked once. */
function requestsBefore(endpoint: Endpoint): number {
  if (endpoint.intent === 'public') return 1;
  return calibrationRequests.perEndpoint + 2 * routesOf(endpoint).length;
}

/** One without a token, and one with the token of each issuer. */
function callsInTurn(endpoint: Endpoint): number {
  return endpoint.intent === 'public' ? 1 : 1 + routesOf(endpoint).length;
}
