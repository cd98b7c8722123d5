import type { CheckResult } from '../../model/check-result';
import type { ApiRuleState, InventoryEntry } from '../list/inventory';

const words: Readonly<Record<ApiRuleState, string>> = {
  done: 'done',
  old: 'old',
  'half-migrated': 'half-migrated',
  unfinished: 'unfinished',
  unread: 'cannot be read',
};

/**
 * The inventory for people: APIRules by workload, then templates and patches of APIRules, what is left of earlier steps, and counts.
 * @param outside templates and patches that are migrated by hand
 */
export function inventoryText(entries: readonly InventoryEntry[], leftovers: readonly string[], outside: readonly CheckResult[]): string {
  if (entries.length + outside.length === 0) return 'No APIRule is in the input.\n';
  const byWorkload = new Map<string, InventoryEntry[]>();
  for (const entry of entries) {
    const workload = entry.services.join(', ') || 'no workload';
    byWorkload.set(workload, [...(byWorkload.get(workload) ?? []), entry]);
  }
  const width = Math.max(...entries.map(({ apiRule }) => apiRule.length));
  const blocks = [...byWorkload].map(([workload, own]) =>
    [`Workload ${workload}`, ...own.flatMap((entry) => linesOf(entry, width)), ''].join('\n'),
  );
  const byHand = outside.length === 0 ? [] : ['To be migrated by hand:', ...outside.map(outsideLine), ''];
  const left = leftovers.length === 0 ? [] : ['To be deleted when everything is migrated:', ...leftovers.map((line) => `  ${line}`), ''];
  return [...blocks, ...byHand, ...left, countsOf(entries)].join('\n') + '\n';
}

function linesOf(entry: InventoryEntry, width: number): string[] {
  const { apiRule, state, version, handlers, issuers, file, line, where, missing } = entry;
  const facts = [version, handlers.join(', '), ...(issuers.length > 0 ? [`issuers ${issuers.join(', ')}`] : [])].filter(
    (fact) => fact !== '',
  );
  const place = where === 'cluster' ? 'only in the cluster' : `${file}:${line}`;
  return [
    `  ${words[state].padEnd(14)} ${apiRule.padEnd(width)}  ${facts.join('; ')}  (${place})`,
    ...missing.map((text) => `${' '.repeat(17)}by hand: ${text}`),
  ];
}

function countsOf(entries: readonly InventoryEntry[]): string {
  const counts = (Object.keys(words) as ApiRuleState[]).flatMap((state) => {
    const count = entries.filter((entry) => entry.state === state).length;
    return count === 0 ? [] : [`${count} ${words[state]}`];
  });
  const which = counts.length === 0 ? '' : `: ${counts.join(', ')}`;
  return `${entries.length} APIRule${entries.length === 1 ? '' : 's'}${which}`;
}

function outsideLine({ where, message }: CheckResult): string {
  return `  ${where.file ?? ''}:${where.line ?? 1}  ${message}`;
}
