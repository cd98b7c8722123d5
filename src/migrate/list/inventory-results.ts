import type { CheckResult } from '../../model/check-result';
import type { InventoryEntry } from './inventory';
import { migrateResult } from '../migrate-result';

const says: Readonly<Record<InventoryEntry['state'], string>> = {
  done: 'is of version 2',
  old: 'is of a version that Kyma no longer reconciles',
  'half-migrated': 'has the header of one version over the body of another',
  unfinished: 'is of version 2, with work that is left by hand',
  unread: 'cannot be read',
};

/** One result for each APIRule of an inventory: what is not done fails. */
export function inventoryResults(entries: readonly InventoryEntry[]): CheckResult[] {
  return entries.map(({ apiRule, file, line, state, version, missing }) =>
    migrateResult({
      id: 'migrate-state',
      status: state === 'done' ? 'pass' : 'fail',
      severity: 'medium',
      title: 'Every APIRule is of version 2',
      message: `it ${says[state]} (${version})${missing.length > 0 ? `; ${state === 'unfinished' ? 'before it is finished' : 'before it can be migrated'}: ${missing.join('; ')}` : ''}`,
      ...(state !== 'done' && { fix: fixOf(state) }),
      where: { file, line, object: `APIRule ${apiRule}` },
    }),
  );
}

function fixOf(state: InventoryEntry['state']): string {
  return state === 'unfinished' ? 'Finish by hand what is left.' : 'Migrate it: kyma-guard migrate PATH --write';
}

/** What holds APIRules and is none itself, such as templates of charts and patches: nobody migrates it but people. */
export function isOutsideInventory({ id }: CheckResult): boolean {
  return id === 'migrate-template' || id === 'migrate-patch';
}
