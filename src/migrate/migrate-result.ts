import { checkResult, type CheckResult } from '../model/check-result';

/** A result of a migration, with the section of the page that says what it means and what to do. */
export function migrateResult(result: Omit<Parameters<typeof checkResult>[0], 'docs'>): CheckResult {
  return checkResult({ ...result, docs: `docs/migrate-results.md#${result.id}` });
}
