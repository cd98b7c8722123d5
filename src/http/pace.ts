/** Limits per host. */
export interface PaceOptions {
  /** Requests under way at once to one host. @default - no limit */
  readonly connections?: number;
  /** Requests that start per second to one host. @default - no limit */
  readonly ratePerSecond?: number;
}

/** Hands out turns. */
export interface Pace {
  /** Resolves when a request to the host may start. Call the function it gives when the request is over. */
  enter(host: string): Promise<() => void>;
  /** Lets everybody through at once, those who wait and those who come later: the run is over and nobody will send. */
  open(): void;
}

interface Gate {
  running: number;
  nextStart: number;
  readonly waiting: (() => void)[];
}

/** Spreads requests over time and limits how many run at once, each host apart. Turns come in the order they were asked for. */
export function createPace({ connections = Infinity, ratePerSecond = Infinity }: PaceOptions): Pace {
  const gates = new Map<string, Gate>();
  const sleeping = new Set<() => void>();
  const state = { isOpen: connections === Infinity && ratePerSecond === Infinity };
  const isOpen = (): boolean => state.isOpen;
  const gap = 1000 / ratePerSecond;
  return {
    async enter(host) {
      if (isOpen()) return nothing;
      const gate = gateOf(gates, host);
      if (gate.running >= connections) await new Promise<void>((resolve) => gate.waiting.push(resolve));
      else gate.running += 1;
      if (!isOpen()) await sleep(msUntilStart(gate, gap), sleeping);
      return () => leave(gate);
    },
    open() {
      state.isOpen = true;
      for (const wake of sleeping) wake();
      for (const { waiting } of gates.values()) for (const start of waiting.splice(0)) start();
    },
  };
}

/** The place of whoever leaves passes to the next in line, so `running` stays as it is. */
function leave(gate: Gate): void {
  const next = gate.waiting.shift();
  if (next) next();
  else gate.running -= 1;
}

function msUntilStart(gate: Gate, gapMs: number): number {
  const now = performance.now();
  const start = Math.max(now, gate.nextStart);
  gate.nextStart = start + gapMs;
  return start - now;
}

async function sleep(ms: number, sleeping: Set<() => void>): Promise<void> {
  if (ms <= 0) return;
  await new Promise<void>((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      sleeping.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    sleeping.add(wake);
  });
}

function gateOf(gates: Map<string, Gate>, host: string): Gate {
  const known = gates.get(host);
  if (known) return known;
  const gate: Gate = { running: 0, nextStart: 0, waiting: [] };
  gates.set(host, gate);
  return gate;
}

function nothing(): void {
  // no limit, nothing to give back
}
