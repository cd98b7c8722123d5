import { checkResult, type CheckResult, type Where } from '../model/check-result';
import type { Finding } from './describe-issue';
import type { Locate } from './place';
import type { SyntaxProblem } from './source-document';

/** Stable ids of what can be wrong with a configuration. */
export type ConfigProblemId = 'config-syntax' | 'config-value' | 'config-secret' | 'config-file';

const titles: Readonly<Record<ConfigProblemId, string>> = {
  'config-syntax': 'The file can be read',
  'config-value': 'Every value is usable',
  'config-secret': 'No secret stands in the configuration',
  'config-file': 'Files stay below the folder of the configuration',
};

/** Collects what is wrong. The same problem, seen in several environments, counts once. */
export class Problems {
  private readonly byPlace = new Map<string, CheckResult>();

  /** Sorted by file and line. */
  get results(): readonly CheckResult[] {
    return [...this.byPlace.values()].sort((a, b) => compare(a.where, b.where));
  }

  add(id: ConfigProblemId, where: Where, message: string, fix?: string): void {
    const result = checkResult({
      id,
      status: 'fail',
      severity: 'high',
      title: titles[id],
      message,
      where,
      ...(fix !== undefined && { fix }),
    });
    this.byPlace.set(JSON.stringify([where, message]), result);
  }

  addFindings(findings: Iterable<Finding>, locate: Locate, id: ConfigProblemId = 'config-value'): void {
    for (const { path, message, fix } of findings) this.add(id, locate(path), message, fix);
  }

  addSyntax(problems: readonly SyntaxProblem[], file: string): void {
    for (const { message, line, column } of problems) this.add('config-syntax', { file, line, column }, message);
  }
}

function compare(a: Where, b: Where): number {
  if (a.file !== b.file) return (a.file ?? '') < (b.file ?? '') ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
