import { severities, type CheckResult, type Severity } from '../../model/check-result';
import { FieldReader, type FieldProblem } from '../../model/field-reader';
import type { JsonObject } from '../../model/json';
import { onlyMembers } from '../../model/only-members';

/**
 * A finding that somebody accepted: rule, object, place, message and what the place holds, up to a severity. Another issuer at the same place is
 * another finding, and so are the same words about a rule with another path. The file is for readers: objects keep their names when files move.
 */
export interface AcceptedFinding {
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

/** Findings that were there when checking began (`--baseline`). */
export interface Baseline {
  /** File that it came from, for messages. @default - none */
  readonly file?: string;
  readonly accepted: readonly AcceptedFinding[];
}

/** What files are called in a baseline, and which of them the input holds: whoever knows about folders tells. */
export interface BaselineFiles {
  /** Name of a file of the input in the baseline. */
  readonly nameOf: (file: string) => string;
  /** True for a file, by its name in the baseline, that the input holds or would hold if it existed. */
  readonly covers: (name: string) => boolean;
}

const members = ['id', 'object', 'path', 'severity', 'message', 'content', 'file'];

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
  onlyMembers(entry, members);
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
}

/** The file of a baseline: sorted, so that the same findings give the same bytes and a change is one line per finding and member. */
export function printBaseline({ accepted }: Baseline): string {
  const sorted = [...accepted].sort((a, b) => compare(sortKey(a), sortKey(b)));
  const plain = sorted.map(({ file, object, path, id, severity, message, content }) => {
    return { file, object, path, id, severity, message, content };
  });
  return `${JSON.stringify({ version: 1, accepted: plain }, null, 2)}\n`;
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

function sortKey({ object = '', path = '', id, message, severity, content = '', file = '' }: AcceptedFinding): string {
  return [object, path, id, message, severity, content, file].join('\0');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
