/** Watches for targets that die under the run. */
export interface HostHealth {
  /** The control was gone beside an attempt that got no verdict. After three such signs nothing more is sent to the host. */
  sign(host: string): void;
  /** The host answered a control as it should. */
  well(host: string): void;
  /** The host gave any HTTP answer at all. */
  answered(host: string): void;
  hasAnswered(host: string): boolean;
  isStopped(host: string): boolean;
  /** Hosts that were given up. */
  readonly stopped: readonly string[];
}

const limit = 3;

/** Starts with every host well. */
export function createHostHealth(): HostHealth {
  const heard = new Set<string>();
  const signs = new Map<string, number>();
  return {
    sign: (host) => void signs.set(host, (signs.get(host) ?? 0) + 1),
    well(host) {
      if ((signs.get(host) ?? 0) < limit) signs.set(host, 0);
    },
    answered: (host) => void heard.add(host),
    hasAnswered: (host) => heard.has(host),
    isStopped: (host) => (signs.get(host) ?? 0) >= limit,
    get stopped() {
      return [...signs].filter(([, count]) => count >= limit).map(([host]) => host);
    },
  };
}
