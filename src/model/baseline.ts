import { severities, type CheckResult, type Severity } from './check-result';
import { FieldReader, type FieldProblem } from './field-reader';
import type { JsonObject } from './json';
import { onlyMembers } from './only-members';

/** A finding that somebody accepted. Rule, place and message together are what was accepted: another issuer at the same place is another finding. */
export interface AcceptedFinding {
  readonly fingerprint: string;
  /** Id of the rule. */
  readonly id: string;
  readonly object?: string;
  readonly path?: string;
  /** `METHOD host/path`, of `verify`. */
  readonly route?: string;
  readonly message: string;
  /** How bad it was when it was accepted, at most; a worse one counts. @default - as bad as it likes */
  readonly status?: 'fail' | 'warn';
  readonly severity?: Severity;
  /** Why it was accepted, for the report. */
  readonly reason?: string;
  /** Last day on which it counts, `YYYY-MM-DD`. @default - no end */
  readonly until?: string;
}

/** Findings that were there when checking began (`--baseline`). */
export interface Baseline {
  /** File that it came from, for messages. @default - none */
  readonly file?: string;
  readonly accepted: readonly AcceptedFinding[];
}

/**
 * Reads a baseline out of the mapping of its file.
 * @returns the baseline, and problems with their place in the mapping; the baseline counts only without problems
 */
export function readBaseline(data: JsonObject): { baseline: Baseline; problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const root = new FieldReader(data, [], problems);
  onlyMembers(root, ['version', 'accepted']);
  if (root.at('version').integer() !== 1) root.at('version').problem('is missing or another; give 1');
  if (root.at('accepted').absent) root.at('accepted').problem('is missing; give a list');
  return { baseline: { accepted: root.at('accepted').list().map(readEntry) }, problems };
}

function readEntry(entry: FieldReader): AcceptedFinding {
  const [object, path, route, reason, until] = ['object', 'path', 'route', 'reason', 'until'].map((name) => entry.at(name).text());
  const [status, severity] = [oneOf(entry.at('status'), ['fail', 'warn'] as const), oneOf(entry.at('severity'), severities)];
  if (until !== undefined && !/^\d{4}-\d\d-\d\d$/.test(until)) entry.at('until').problem('is no day; write it as 2027-01-31');
  return {
    fingerprint: entry.at('fingerprint').requiredText(),
    id: entry.at('id').requiredText(),
    message: entry.at('message').requiredText(),
    ...defined({ object, path, route, status, severity, reason, until }),
  };
}

function oneOf<T extends string>(field: FieldReader, known: readonly T[]): T | undefined {
  const text = field.text();
  const found = known.find((name) => name === text);
  if (text !== undefined && found === undefined) field.problem(`is unknown; known are ${known.join(', ')}`);
  return found;
}

/** The file of a baseline: sorted, so that the same findings give the same bytes and a change is one line per finding and member. */
export function printBaseline({ accepted }: Baseline): string {
  const sorted = [...accepted].sort((a, b) => compare(sortKey(a), sortKey(b)));
  const plain = sorted.map(({ fingerprint, id, object, path, route, message, status, severity, reason, until }) => {
    return { fingerprint, id, object, path, route, message, status, severity, reason, until };
  });
  return `${JSON.stringify({ version: 1, accepted: plain }, null, 2)}\n`;
}

/** A finding as an entry of a baseline. One that a request showed is accepted only as bad as it is. */
export function acceptedFinding({ fingerprint, id, where, route, message, status, severity }: CheckResult): AcceptedFinding {
  const { object, path } = where;
  const seen = route && { route: `${route.method} ${route.host}${route.path}` };
  const limit = status === 'fail' || status === 'warn' ? { status, severity } : {};
  return { fingerprint, id, ...defined({ object, path }), ...seen, message, ...(route && limit) };
}

/** Without members that are not there. */
function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as ReturnType<typeof defined<T>>;
}

/** What makes two findings the same. */
export function sameness({ fingerprint, id, message }: Pick<AcceptedFinding, 'fingerprint' | 'id' | 'message'>): string {
  return JSON.stringify([fingerprint, id, message]);
}

function sortKey({ object = '', path = '', route = '', id, message, fingerprint }: AcceptedFinding): string {
  return [object, path, route, id, message, fingerprint].join('\0');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
