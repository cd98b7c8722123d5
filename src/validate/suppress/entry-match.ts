import type { EntryMatch } from '../../model/accepted-findings';
import { atLeast, type CheckResult } from '../../model/check-result';
import { acceptedFinding, sameness, type AcceptedFinding, type BaselineFiles } from './baseline';

/** What a run knows of the findings and objects that a baseline speaks of. */
export interface BaselineRun {
  /** Digest over what a finding speaks of. */
  readonly contentOf: (finding: CheckResult) => string | undefined;
  /** True for a rule that ran, so that its silence says something. */
  readonly ran: (id: string) => boolean;
  /** Objects that were checked, `Kind namespace/name`. */
  readonly objects: ReadonlySet<string>;
  /** @default - names are as they are, and no file is known to be in the input */
  readonly files?: BaselineFiles;
}

/** Which findings an entry accepts. */
export function entryMatch({ contentOf, files }: BaselineRun): EntryMatch<AcceptedFinding> {
  return {
    entryOf: (finding) => acceptedFinding(finding, contentOf(finding), files?.nameOf(finding.where.file ?? '')),
    sameness,
    covers: ({ severity }, finding) => atLeast(severity, finding.severity),
  };
}

/**
 * True for entries whose object or file was looked at by their rule. What rules would say that did not run, or of objects that are not in
 * the input, nobody knows.
 */
export function isLookedAt({ ran, objects, files }: BaselineRun): (entry: AcceptedFinding) => boolean {
  return ({ id, object = '', file }) => ran(id) && (objects.has(object) || (file !== undefined && files?.covers(file) === true));
}
