import type { CheckResult, Where } from '../../model/check-result';
import { migrateResult } from '../migrate-result';

/** Titles of what the input leaves to people, by the id of the result. */
const titles = {
  'migrate-template': 'Templates are migrated by hand, beside their rendered form',
  'migrate-placeholder': 'Placeholders are filled in before an APIRule is migrated',
  'migrate-patch': 'Patches of APIRules are rewritten together with what they patch',
  'migrate-patched-base': 'An APIRule is migrated as it is after its patches',
  'migrate-place': 'Every migrated APIRule stands where it can be written',
  'migrate-new-beside': 'An APIRule stands in one version',
  'migrate-together': 'APIRules of one workload migrate together',
  'migrate-proof': 'The proof is complete',
  'migrate-live-only': 'Every APIRule of the cluster is in Git',
  'migrate-kustomize-companions': 'Companions are listed where their APIRules are',
} as const;

export type ManualId = keyof typeof titles;

/** One piece of work that is left to people. */
export function manualWork(id: ManualId, where: Where, message: string, fix: string): CheckResult {
  return migrateResult({ id, status: 'fail', severity: 'medium', title: titles[id], message, fix, where });
}

const remarks = {
  'migrate-rendered': 'What was rendered comes from a template',
  'migrate-git-only': 'Every APIRule of the trees is in the cluster',
  'migrate-live-differs': 'The cluster holds what Git says',
  'migrate-live-done': 'Git follows what was migrated in the cluster',
  'migrate-left-alone': 'What holds no old APIRule is left alone',
  'migrate-same-twice': 'An APIRule stands in one place',
} as const;

export type RemarkId = keyof typeof remarks;

/** Title of a piece of work. */
export function titleOf(id: string): string {
  return (titles as Readonly<Record<string, string>>)[id] ?? 'Nothing is left to do by hand';
}

/** Something that a reader should know and that is no work of the migration itself. */
export function remark(id: RemarkId, where: Where, message: string, fix?: string): CheckResult {
  const warns = fix !== undefined;
  return migrateResult({
    id,
    status: warns ? 'warn' : 'skip',
    severity: warns ? 'low' : 'info',
    title: remarks[id],
    message,
    ...(fix !== undefined && { fix }),
    where,
  });
}
