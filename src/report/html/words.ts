import type { CheckResult, Status } from '../../model/check-result';
import { isClaimColumn, type CellStatus, type Column } from '../../model/route-matrix';

/** Every status by sign and word, worst first: no color is needed to tell them apart. */
export const statusWords: Readonly<Record<CellStatus, { readonly sign: string; readonly word: string; readonly says: string }>> = {
  fail: { sign: '✗', word: 'failed', says: 'something got through, or is wrong' },
  error: { sign: '?', word: 'could not tell', says: 'never a pass' },
  warn: { sign: '!', word: 'warned', says: 'neither refused nor let through, or odd' },
  accepted: { sign: 'A', word: 'accepted', says: 'accepted by somebody, so it does not count' },
  skip: { sign: '–', word: 'skipped', says: 'not tried, or explained by another result' },
  part: { sign: '◐', word: 'in part', says: 'refused as far as it was tried; a probe of weight was not' },
  pass: { sign: '✓', word: 'passed', says: 'refused or open, as it should be' },
};

/** The status of a result as a reader sees it. */
export function shownStatus({ status, suppressed }: Pick<CheckResult, 'status' | 'suppressed'>): CellStatus {
  return suppressed ? 'accepted' : status;
}

/** What a cell says in words. */
export function cellWords(column: Column, status: CellStatus): string {
  if (isClaimColumn(column)) return { ...claimWords, accepted: 'accepted', part: 'in part' }[status];
  if (status === 'part') return 'refused in part';
  if (status === 'pass') return column === 'control' ? 'works' : 'refused';
  return status === 'fail' && column !== 'control' ? 'got through' : statusWords[status].word;
}

const claimWords: Readonly<Record<Status, string>> = {
  pass: 'proven',
  fail: 'broken',
  error: 'undecided',
  warn: 'doubtful',
  skip: 'not shown',
};
