import type { EntryMatch } from '../model/accepted-findings';
import {
  printBaselineFile,
  readBaselineFile,
  type AcceptedNote,
  type BaselineOf,
  type EntryKind,
  type ReadBaseline,
} from '../model/baseline-file';
import { atLeast, severities, type CheckResult, type Severity } from '../model/check-result';
import type { FieldReader } from '../model/field-reader';
import type { JsonObject } from '../model/json';

/** A finding that somebody accepted. Check, route and message together are what was accepted: another variant at the same route is another finding. */
export interface AcceptedFinding extends AcceptedNote {
  readonly fingerprint: string;
  /** Id of the check. */
  readonly id: string;
  readonly object?: string;
  readonly path?: string;
  /** `METHOD host/path`. */
  readonly route?: string;
  readonly message: string;
  /** How bad it was when it was accepted, at most; a worse one counts. @default - as bad as it likes */
  readonly status?: 'fail' | 'warn';
  readonly severity?: Severity;
}

/** The baseline of `verify`: it knows routes. */
export type Baseline = BaselineOf<AcceptedFinding>;

const kind: EntryKind<AcceptedFinding> = {
  members: ['fingerprint', 'id', 'object', 'path', 'route', 'message', 'status', 'severity'],
  order: ['object', 'path', 'route', 'id', 'message', 'fingerprint', 'status', 'severity'],
  readEntry(entry) {
    const [object, path, route] = ['object', 'path', 'route'].map((name) => entry.at(name).text());
    const [status, severity] = [oneOf(entry.at('status'), ['fail', 'warn'] as const), oneOf(entry.at('severity'), severities)];
    return {
      fingerprint: entry.at('fingerprint').requiredText(),
      id: entry.at('id').requiredText(),
      message: entry.at('message').requiredText(),
      ...defined({ object, path, route, status, severity }),
    };
  },
};

/** Reads a baseline out of the mapping of its file. */
export function readBaseline(data: JsonObject): ReadBaseline<AcceptedFinding> {
  return readBaselineFile(data, kind);
}

/** The file of a baseline. */
export function printBaseline(baseline: Baseline): string {
  return printBaselineFile(baseline, kind);
}

/** Which findings an entry accepts: one that a request showed only as bad as it was. */
export const entryMatch: EntryMatch<AcceptedFinding> = {
  entryOf({ fingerprint, id, where: { object, path }, route, message, status, severity }) {
    const seen = route && { route: `${route.method} ${route.host}${route.path}` };
    const limit = status === 'fail' || status === 'warn' ? { status, severity } : {};
    return { fingerprint, id, ...defined({ object, path }), ...seen, message, ...(route && limit) };
  },
  sameness: ({ fingerprint, id, message }) => JSON.stringify([fingerprint, id, message]),
  covers: ({ status, severity }, result: CheckResult) =>
    !(status === 'warn' && result.status === 'fail') && (severity === undefined || atLeast(severity, result.severity)),
};

function oneOf<T extends string>(field: FieldReader, known: readonly T[]): T | undefined {
  const text = field.text();
  const found = known.find((name) => name === text);
  if (text !== undefined && found === undefined) field.problem(`is unknown; known are ${known.join(', ')}`);
  return found;
}

/** Without members that are not there. */
function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as ReturnType<typeof defined<T>>;
}
