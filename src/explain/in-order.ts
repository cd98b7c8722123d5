import { severities, type CheckResult } from '../model/check-result';

/** Results in the order of files and lines, the worst first on one line; those without a file come last. */
export function inOrder(results: readonly CheckResult[]): CheckResult[] {
  return [...results].sort(
    ({ where: a, severity: one }, { where: b, severity: other }) =>
      Number(a.file === undefined) - Number(b.file === undefined) ||
      compare(a.file ?? '', b.file ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      severities.indexOf(one) - severities.indexOf(other),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
