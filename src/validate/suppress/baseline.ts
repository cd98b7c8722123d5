import {
  printBaselineFile,
  readBaselineFile,
  type AcceptedNote,
  type BaselineOf,
  type EntryKind,
  type ReadBaseline,
} from '../../model/baseline-file';
import { severities, type CheckResult, type Severity } from '../../model/check-result';
import type { JsonObject } from '../../model/json';

/**
 * A finding that somebody accepted: rule, object, place, message and what the place holds, up to a severity. Another issuer at the same place is
 * another finding, and so are the same words about a rule with another path. The file is for readers: objects keep their names when files move.
 */
export interface AcceptedFinding extends AcceptedNote {
  /** Id of the rule. */
  readonly id: string;
  /** `Kind namespace/name`. */
  readonly object?: string;
  readonly path?: string;
  /** A worse finding is not accepted. */
  readonly severity: Severity;
  readonly message: string;
  /** Digest over what the finding speaks of. @default - it speaks of the object as a whole */
  readonly content?: string;
  /** Where the object stood, as seen from the folder of the baseline. */
  readonly file?: string;
}

/** The baseline of `validate`: it knows objects. */
export type Baseline = BaselineOf<AcceptedFinding>;

/** What files are called in a baseline, and which of them the input holds: whoever knows about folders tells. */
export interface BaselineFiles {
  /** Name of a file of the input in the baseline. */
  readonly nameOf: (file: string) => string;
  /** True for a file, by its name in the baseline, that the input holds or would hold if it existed. */
  readonly covers: (name: string) => boolean;
}

const kind: EntryKind<AcceptedFinding> = {
  members: ['file', 'object', 'path', 'id', 'severity', 'message', 'content'],
  order: ['object', 'path', 'id', 'message', 'severity', 'content', 'file'],
  readEntry(entry) {
    const text = entry.at('severity').requiredText();
    const severity = severities.find((known) => known === text);
    if (!severity && text !== '') entry.at('severity').problem(`is ${JSON.stringify(text)}; give one of ${severities.join(', ')}`);
    const optional = (['object', 'path', 'content', 'file'] as const).map((key) => [key, entry.at(key).text()] as const);
    return {
      id: entry.at('id').requiredText(),
      severity: severity ?? 'info',
      message: entry.at('message').requiredText(),
      ...Object.fromEntries(optional.filter(([, value]) => value !== undefined)),
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

/** A finding as an entry of a baseline. */
export function acceptedFinding({ id, severity, message, where }: CheckResult, content?: string, file = where.file): AcceptedFinding {
  const { object, path } = where;
  return {
    ...{ id, severity, message },
    ...(object !== undefined && { object }),
    ...(path !== undefined && { path }),
    ...(content !== undefined && { content }),
    ...(file !== undefined && { file }),
  };
}

/** What makes two findings the same, apart from how bad they are. */
export function sameness({ id, object, path, message, content }: AcceptedFinding): string {
  return JSON.stringify([id, object, path, message, content]);
}
