import { isDay } from './calendar-day';
import { FieldReader, type FieldProblem } from './field-reader';
import type { JsonObject } from './json';
import { onlyMembers } from './only-members';

/** What people may add to an entry of a baseline by hand. */
export interface AcceptedNote {
  /** Why it was accepted, for the report. @default 'accepted in the baseline' */
  readonly reason?: string;
  /** Last day on which it counts, `YYYY-MM-DD`. @default - no end */
  readonly until?: string;
}

/** Findings that were there when checking began (`--baseline`). What an entry holds is for the verb to say. */
export interface BaselineOf<E extends AcceptedNote> {
  /** File that it came from, for messages. @default - none */
  readonly file?: string;
  readonly accepted: readonly E[];
}

/** What the entries of a verb's baseline hold. */
export interface EntryKind<E extends AcceptedNote> {
  /** Members of an entry in the order of the file, those of `AcceptedNote` aside. */
  readonly members: readonly (keyof E & string)[];
  /** Members by which entries are sorted. */
  readonly order: readonly (keyof E & string)[];
  readonly readEntry: (entry: FieldReader) => E;
}

/** A baseline, and problems with their place in the mapping; the baseline counts only without problems. */
export interface ReadBaseline<E extends AcceptedNote> {
  readonly baseline: BaselineOf<E>;
  readonly problems: readonly FieldProblem[];
}

/** Reads a baseline out of the mapping of its file. */
export function readBaselineFile<E extends AcceptedNote>(data: JsonObject, { members, readEntry }: EntryKind<E>): ReadBaseline<E> {
  const problems: FieldProblem[] = [];
  const root = new FieldReader(data, [], problems);
  onlyMembers(root, ['version', 'accepted']);
  if (root.at('version').integer() !== 1) root.at('version').problem('is missing or another; give 1');
  if (root.at('accepted').absent) root.at('accepted').problem('is missing; give a list');
  const read = (entry: FieldReader): E => {
    onlyMembers(entry, [...members, 'reason', 'until']);
    return { ...readEntry(entry), ...readNote(entry) };
  };
  return { baseline: { accepted: root.at('accepted').list().map(read) }, problems };
}

function readNote(entry: FieldReader): AcceptedNote {
  const [reason, until] = [entry.at('reason').text(), entry.at('until').text()];
  if (until !== undefined && !isDay(until)) entry.at('until').problem('is no day; write it as 2027-01-31');
  return { ...(reason !== undefined && { reason }), ...(until !== undefined && { until }) };
}

/** The file of a baseline: sorted, so that the same findings give the same bytes and a change is one line per finding and member. */
export function printBaselineFile<E extends AcceptedNote>({ accepted }: BaselineOf<E>, { members, order }: EntryKind<E>): string {
  const keyOf = (entry: E): string => [...order, 'reason', 'until'].map((name) => String(entry[name as keyof E] ?? '')).join('\0');
  const keyed = accepted.map((entry) => [keyOf(entry), entry] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const plain = keyed.map(([, entry]) =>
    Object.fromEntries([...members, 'reason', 'until'].map((name) => [name, entry[name as keyof E]] as const)),
  );
  return `${JSON.stringify({ version: 1, accepted: plain }, null, 2)}\n`;
}

/** True when its last day is over. @param today `YYYY-MM-DD` */
export function isOver({ until }: AcceptedNote, today: string): boolean {
  return until !== undefined && until < today;
}
