import type { JsonObject } from '../../model/json';

/** Seconds in a row in which the same went wrong. */
export interface Incident {
  /** First second, in milliseconds since 1970. */
  readonly from: number;
  /** Last second. */
  to: number;
  requests: number;
  /** What the first of these requests got. */
  readonly actual: string;
}

/** What one kind of call of one route came to. */
export interface Tally {
  requests: number;
  /** Those that were answered at all. */
  answered: number;
  wrong: number;
  readonly incidents: Incident[];
}

/** More are only counted: a run of hours must not grow without end. */
const maxIncidents = 1_000;
const secondMs = 1_000;

/** Starts to count. */
export function newTally(): Tally {
  return { requests: 0, answered: 0, wrong: 0, incidents: [] };
}

/** Counts one call. @param actual what was wrong with it. @default - nothing */
export function count(tally: Tally, at: number, answered: boolean, actual?: string): void {
  tally.requests += 1;
  if (answered) tally.answered += 1;
  if (actual === undefined) return;
  tally.wrong += 1;
  const second = Math.floor(at / secondMs) * secondMs;
  const last = tally.incidents.at(-1);
  if (last && second - last.to <= secondMs) {
    last.to = Math.max(last.to, second);
    last.requests += 1;
  } else if (tally.incidents.length < maxIncidents) tally.incidents.push({ from: second, to: second, requests: 1, actual });
}

/** The seconds of an incident for people, in UTC. */
export function timeOf({ from, to }: Incident): string {
  const text = (ms: number): string => new Date(ms).toISOString().replace('.000', '');
  return from === to ? text(from) : `${text(from)} to ${text(to)}`;
}

/** An incident for programs. */
export function incidentData({ from, to, requests, actual }: Incident): JsonObject {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), requests, actual };
}
