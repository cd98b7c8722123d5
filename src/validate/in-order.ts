import { severities, type CheckResult } from '../model/check-result';

/** Findings file by file as these were read, from top to bottom, the worst first at one place; what is told already is left out. */
export function inOrder(findings: readonly CheckResult[]): CheckResult[] {
  const files = new Map<string, number>();
  for (const { where } of findings) if (!files.has(where.file ?? '')) files.set(where.file ?? '', files.size);
  return withoutRepeats(findings).sort(
    (a, b) =>
      (files.get(a.where.file ?? '') ?? 0) - (files.get(b.where.file ?? '') ?? 0) ||
      (a.where.line ?? 0) - (b.where.line ?? 0) ||
      (a.where.column ?? 0) - (b.where.column ?? 0) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
}

/** An object that the API server refuses cannot be read either; that is one fact, not two. */
function withoutRepeats(findings: readonly CheckResult[]): CheckResult[] {
  const refused = new Set(findings.filter(({ status }) => status === 'fail').map(placeOf));
  const broken = new Set(
    findings.filter(({ id, status }) => id.startsWith('schema-') && status === 'fail').map(({ where }) => where.object),
  );
  return findings.filter((finding) => {
    if (finding.status !== 'error') return true;
    return !refused.has(placeOf(finding)) && !(finding.id === 'api-rule-form' && broken.has(finding.where.object));
  });
}

function placeOf({ where }: CheckResult): string {
  return JSON.stringify([where.file, where.object, where.path]);
}
