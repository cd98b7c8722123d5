/** Watches for targets that die, throttle or shut the prober out under the run. */
export interface HostHealth {
  /** The target showed that its answers mean nothing now. After three such signs nothing more is sent to the host. */
  sign(host: string, why: Sign): void;
  /** The host answered a control as it should. */
  well(host: string): void;
  /** The host gave any HTTP answer at all. */
  answered(host: string): void;
  hasAnswered(host: string): boolean;
  /** The host answered a call with a bad token, and did not throttle it. */
  badToken(host: string): void;
  badTokens(host: string): number;
  isStopped(host: string): boolean;
  /** One attack was judged. Three held-up ones in a row stop the host. @param heldUp throttled, or as slow as may be */
  attacked(host: string, heldUp: Sign | undefined): Attacked;
  /** The control was asked again under the run. When it failed, the attacks since the last time it held prove nothing. */
  rechecked(host: string, held: boolean): void;
  /** True when the control failed after attacks of this window. */
  isLost(host: string, window: number): boolean;
  /** Hosts that were given up, each with the reason. */
  readonly stopped: ReadonlyMap<string, Sign>;
}

/** Why a host is given up, as the end of a sentence about it. */
export type Sign = 'stopped answering' | 'throttles' | 'answers too slowly to be judged' | 'refuses the good token since the attacks began';

/** Where an attack stands in the run. */
export interface Attacked {
  /** Attacks between two controls of a host share a number. */
  readonly window: number;
  /** True when it is time for the control. */
  readonly isDue: boolean;
}

const limit = 3;
/** Attacks per host between two controls. */
export const attacksPerControl = 20;

interface Host {
  signs: number;
  heldUp: number;
  why?: Sign;
  heard: boolean;
  badTokens: number;
  attacks: number;
  window: number;
  readonly lost: Set<number>;
}

/** Starts with every host well. */
export function createHostHealth(): HostHealth {
  const hosts = new Map<string, Host>();
  const at = (name: string): Host => {
    const host = hosts.get(name) ?? { signs: 0, heldUp: 0, heard: false, badTokens: 0, attacks: 0, window: 0, lost: new Set<number>() };
    hosts.set(name, host);
    return host;
  };
  const isStopped = (name: string): boolean => hosts.get(name)?.why !== undefined;
  const stop = (host: Host, why: Sign): void => {
    host.why ??= why;
    host.lost.add(host.window);
  };
  return {
    sign(name, why) {
      const host = at(name);
      host.signs += 1;
      if (host.signs >= limit) stop(host, why);
    },
    well(name) {
      at(name).signs = 0;
    },
    answered: (name) => void (at(name).heard = true),
    hasAnswered: (name) => hosts.get(name)?.heard === true,
    badToken: (name) => void (at(name).badTokens += 1),
    badTokens: (name) => hosts.get(name)?.badTokens ?? 0,
    isStopped,
    attacked(name, heldUp) {
      const host = at(name);
      host.heldUp = heldUp === undefined ? 0 : host.heldUp + 1;
      if (heldUp !== undefined && host.heldUp >= limit) stop(host, heldUp);
      host.attacks += 1;
      const isDue = host.attacks >= attacksPerControl && !isStopped(name);
      if (isDue) host.attacks = 0;
      return { window: host.window, isDue };
    },
    rechecked(name, held) {
      const host = at(name);
      if (!held) host.lost.add(host.window);
      else host.window += 1;
    },
    isLost: (name, window) => hosts.get(name)?.lost.has(window) === true,
    get stopped() {
      return new Map([...hosts].flatMap(([name, { why }]) => (why === undefined ? [] : [[name, why] as const])));
    },
  };
}
