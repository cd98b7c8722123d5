import { createScope, type Scope } from '../http/scope';
import { createSender, type Sender } from '../http/sender';
import { isLoopbackHost } from '../http/loopback';
import { remembered } from '../http/remembered';
import type { Endpoint } from './endpoint';
import type { RunTools, VerifyOptions } from './verify-input';

/** Where requests go and how hard. */
export interface Targets {
  readonly scope: Scope;
  readonly baseOf: (host: string) => string;
  /** True when a host is this machine, and not treated as a remote one. */
  readonly isFree: (host: string) => boolean;
  /** The sender for a host. */
  readonly senderOf: (host: string) => Sender;
  /** For issuers: their certificates are always checked. */
  readonly issuerSender: Sender;
  readonly sent: () => number;
  readonly close: () => void;
}

const remoteConnections = 2;
const remoteRatePerSecond = 5;
const maxBodyBytes = 262_144;

/**
 * Opens the senders of a run and looks at every host before the first packet.
 * @throws {OutOfScopeError} ERR_OUT_OF_SCOPE when a target is neither loopback nor named in the scope
 */
export function openTargets(endpoints: readonly Endpoint[], options: VerifyOptions, tools: RunTools): Targets {
  const addresses = lowerKeys(options.targets ?? {});
  const scope = createScope({ patterns: options.scope ?? [], targets: addresses });
  const wildcards = Object.keys(addresses).filter((host) => host.startsWith('*.'));
  const baseOf = remembered((host: string): string =>
    (addressOf(host.toLowerCase(), addresses, wildcards) ?? `https://${host}`).replace(/\/+$/, ''),
  );
  const isFree = remembered((host: string): boolean => options.gentle !== true && isLoopbackHost(new URL(baseOf(host)).hostname));
  for (const host of new Set(endpoints.map((endpoint) => endpoint.host))) scope.check(baseOf(host));

  const { runId, userAgent, signal } = tools;
  const common = {
    ...{ runId, userAgent, maxBodyBytes },
    ...(signal && { signal }),
    ...(options.ca !== undefined && { ca: options.ca }),
    ...(options.proxies && { proxies: options.proxies }),
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  };
  const limits = {
    ...{ scope: withoutTargets(scope), insecureTls: options.insecureTls === true },
    ...(options.maxRequests !== undefined && { maxRequests: options.maxRequests }),
  };
  const free = createSender({ ...common, ...limits, ...(options.rate !== undefined && { ratePerSecond: options.rate }) });
  const remote = createSender({ ...common, ...limits, connections: remoteConnections, ratePerSecond: options.rate ?? remoteRatePerSecond });
  const issuerSender = createSender(common);
  return {
    ...{ scope, baseOf, isFree, issuerSender },
    senderOf: (host) => (isFree(host) ? free : remote),
    sent: () => free.sent + remote.sent,
    close() {
      for (const sender of [free, remote, issuerSender]) sender.close();
    },
  };
}

/** The target of a host, or else that of the narrowest wildcard that it is below. */
function addressOf(host: string, addresses: Readonly<Record<string, string>>, wildcards: readonly string[]): string | undefined {
  const exact = addresses[host];
  if (exact !== undefined || wildcards.length === 0) return exact;
  const above = wildcards.filter((one) => host.endsWith(one.slice(1))).sort((a, b) => b.length - a.length);
  return addresses[above[0] ?? ''];
}

/** The base URL is put in already; the guard still looks at the address. */
function withoutTargets(scope: Scope): Scope {
  return { patterns: scope.patterns, check: (place) => scope.check(place), targetOf: () => undefined };
}

function lowerKeys(targets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(targets).map(([host, url]) => [host.toLowerCase(), url]));
}
