/** Limits per host. */
export interface PaceOptions {
  /** Requests under way at once to one host. @default - no limit */
  readonly connections?: number;
  /** Requests that start per second to one host. @default - no limit */
  readonly ratePerSecond?: number;
}

/** Hands out turns; `enter` resolves when a request to the host may start. Call the function it gives when the request is over. */
export interface Pace {
  enter(host: string): Promise<() => void>;
}

interface Gate {
  running: number;
  nextStart: number;
  readonly waiting: (() => void)[];
}

/** Spreads requests over time and limits how many run at once, each host apart. Turns come in the order they were asked for. */
export function createPace({ connections = Infinity, ratePerSecond = Infinity }: PaceOptions): Pace {
  const gates = new Map<string, Gate>();
  const unlimited = connections === Infinity && ratePerSecond === Infinity;
  const gap = 1000 / ratePerSecond;
  return {
    async enter(host) {
      if (unlimited) return nothing;
      const gate = gateOf(gates, host);
      if (gate.running >= connections) await new Promise<void>((resolve) => gate.waiting.push(resolve));
      else gate.running += 1;
      await startSlot(gate, gap);
      return () => leave(gate);
    },
  };
}

/** The place of whoever leaves passes to the next in line, so `running` stays as it is. */
function leave(gate: Gate): void {
  const next = gate.waiting.shift();
  if (next) next();
  else gate.running -= 1;
}

async function startSlot(gate: Gate, gapMs: number): Promise<void> {
  if (gapMs === 0) return;
  const now = performance.now();
  const start = Math.max(now, gate.nextStart);
  gate.nextStart = start + gapMs;
  if (start > now) await new Promise((resolve) => setTimeout(resolve, start - now));
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
