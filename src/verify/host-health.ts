/** Watches for targets that die under the run. */
export interface HostHealth {
  /** The control was gone beside an attempt that got no verdict. After three such signs nothing more is sent to the host. */
  sign(host: string): void;
  /** The host answered a control as it should. */
  well(host: string): void;
  isStopped(host: string): boolean;
  /** Hosts that were given up. */
  readonly stopped: readonly string[];
}

const limit = 3;

/** Starts with every host well. */
export function createHostHealth(): HostHealth {
  const signs = new Map<string, number>();
  return {
    sign: (host) => void signs.set(host, (signs.get(host) ?? 0) + 1),
    well(host) {
      if ((signs.get(host) ?? 0) < limit) signs.set(host, 0);
    },
    isStopped: (host) => (signs.get(host) ?? 0) >= limit,
    get stopped() {
      return [...signs].filter(([, count]) => count >= limit).map(([host]) => host);
    },
  };
}
