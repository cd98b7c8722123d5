import { checkResult, type CheckResult } from '../../model/check-result';
import type { InventoryEntry } from './inventory';

const says: Readonly<Record<InventoryEntry['state'], string>> = {
  done: 'is of version 2',
  old: 'is of a version that Kyma no longer reconciles',
  'half-migrated': 'has the header of one version over the body of another',
  unread: 'cannot be read',
};

/** One result for each APIRule of an inventory: what is not done fails. */
export function inventoryResults(entries: readonly InventoryEntry[]): CheckResult[] {
  return entries.map(({ apiRule, file, line, state, version, missing }) => {
    const isDone = state === 'done' && missing.length === 0;
    return checkResult({
      id: 'migrate-state',
      status: isDone ? 'pass' : 'fail',
      severity: 'medium',
      title: 'Every APIRule is of version 2',
      message: `it ${says[state]} (${version})${missing.length > 0 ? `; before it ${state === 'done' ? 'works' : 'can be migrated'}: ${missing.join('; ')}` : ''}`,
      ...(!isDone && { fix: state === 'done' ? 'Do what is missing.' : 'Migrate it: kyma-guard migrate PATH --write' }),
      where: { file, line, object: `APIRule ${apiRule}` },
      docs: 'docs/migrate.md',
    });
  });
}
