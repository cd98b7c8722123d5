import { severities, type CheckResult, type Status } from '../model/check-result';

/** How much a status asks of the reader, most first. */
export const statusOrder: readonly Status[] = ['fail', 'error', 'warn', 'skip', 'pass'];

/** The results, worst status first and worst severity first within it; equal ones stay in the order in which they came. */
export function worstFirst(results: readonly CheckResult[]): CheckResult[] {
  return results.toSorted(
    (a, b) =>
      statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) || severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
}

/** The results by a key, in the order in which the keys came. */
export function groupBy(results: readonly CheckResult[], keyOf: (result: CheckResult) => string): [string, CheckResult[]][] {
  const groups = new Map<string, CheckResult[]>();
  for (const result of results) {
    const key = keyOf(result);
    const group = groups.get(key);
    if (group) group.push(result);
    else groups.set(key, [result]);
  }
  return [...groups];
}

/** True for what a reader has to look at. */
export function isFinding({ status }: Pick<CheckResult, 'status'>): boolean {
  return status === 'fail' || status === 'error' || status === 'warn';
}

/** How loud SARIF and GitHub say it. "Could not tell" is as loud as a failure, since it is never a pass. */
export function levelOf({ status, severity }: Pick<CheckResult, 'status' | 'severity'>): 'error' | 'warning' | 'note' {
  if (status === 'error') return 'error';
  if (status === 'skip' || status === 'pass' || severity === 'info') return 'note';
  return status === 'fail' && severity !== 'low' ? 'error' : 'warning';
}
