import type { CheckResult } from '../../model/check-result';
import { FieldReader, type FieldProblem } from '../../model/field-reader';
import type { JsonObject } from '../../model/json';
import { onlyMembers } from '../../model/only-members';

/** A finding that somebody accepted. Rule, place and message together are what was accepted: another issuer at the same place is another finding. */
export interface AcceptedFinding {
  readonly fingerprint: string;
  /** Id of the rule. */
  readonly id: string;
  readonly object?: string;
  readonly path?: string;
  readonly message: string;
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
  const [object, path] = [entry.at('object').text(), entry.at('path').text()];
  return {
    fingerprint: entry.at('fingerprint').requiredText(),
    id: entry.at('id').requiredText(),
    ...(object !== undefined && { object }),
    ...(path !== undefined && { path }),
    message: entry.at('message').requiredText(),
  };
}

/** The file of a baseline: sorted, so that the same findings give the same bytes and a change is one line per finding and member. */
export function printBaseline({ accepted }: Baseline): string {
  const sorted = [...accepted].sort((a, b) => compare(sortKey(a), sortKey(b)));
  const plain = sorted.map(({ fingerprint, id, object, path, message }) => ({ fingerprint, id, object, path, message }));
  return `${JSON.stringify({ version: 1, accepted: plain }, null, 2)}\n`;
}

/** A finding as an entry of a baseline. */
export function acceptedFinding({ fingerprint, id, where: { object, path }, message }: CheckResult): AcceptedFinding {
  return { fingerprint, id, ...(object !== undefined && { object }), ...(path !== undefined && { path }), message };
}

/** What makes two findings the same. */
export function sameness({ fingerprint, id, message }: AcceptedFinding): string {
  return JSON.stringify([fingerprint, id, message]);
}

function sortKey({ object = '', path = '', id, message, fingerprint }: AcceptedFinding): string {
  return [object, path, id, message, fingerprint].join('\0');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
