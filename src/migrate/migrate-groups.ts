import type { Manifest } from '../model/manifest';
import { groupOf } from '../model/duplicate-objects';
import { objectRef } from '../model/object-ref';
import type { Candidate } from './candidate-api-rules';
import type { MigrationInput } from './input/read-input';
import type { OldApiRule } from './old-api-rule';
import { planMigration } from './plan/plan';
import { groupByWorkload, type WorkloadGroup } from './plan/workload-group';
import type { WorkloadPlan } from './plan/workload-plan';
import { isProven, proveMigration, readAround, type Proof } from './prove/prove';
import type { MigrateSettings } from './settings';
import { TakenHosts } from './taken-hosts';
import { translateApiRule } from './translate/translate-api-rule';
import type { Note, Translation } from './translation';

/** APIRules of one workload with everything that was found out about them. */
export interface MigratedGroup {
  readonly group: WorkloadGroup;
  readonly plan: WorkloadPlan;
  /** Absent when nothing is to be written, so that there is nothing to prove. */
  readonly proof?: Proof;
  /** True when its APIRules are written. */
  readonly isWritten: boolean;
  /** What each APIRule would become, also where it must not be written as it stands. */
  readonly proposals: ReadonlyMap<OldApiRule, Translation>;
}

/** Translates, groups, plans and proves the old APIRules of an input. */
export function migrateGroups(
  candidates: readonly Candidate[],
  input: MigrationInput,
  settings: MigrateSettings,
): readonly MigratedGroup[] {
  const manifests = clusterOf(input);
  const proposals = new Map(candidates.map(({ old }) => [old, translateApiRule(old, settings)]));
  const around = readAround(manifests, settings.domain);
  const taken = new TakenHosts([...proposals.values()], manifests, around.domains);
  const translations = candidates.flatMap((candidate) => asAllowed(candidate, proposals.get(candidate.old), settings, taken));
  const groups = groupByWorkload(translations, manifests);
  const plans = planMigration(groups, manifests, settings);
  return groups.flatMap((group, index): MigratedGroup[] => {
    const plan = plans[index];
    if (!plan) return [];
    if (plan.blockedBy.length > 0) return [{ group, plan, isWritten: false, proposals }];
    const proof = proveMigration(group.translations, around, settings);
    return [{ group, plan, proof, isWritten: isProven(proof), proposals }];
  });
}

/** What trees and dump hold together; where both hold an object, the tree says what it will be. */
export function clusterOf({ sources, live }: Pick<MigrationInput, 'sources' | 'live'>): readonly Manifest[] {
  const known = new Map<string, Manifest>();
  for (const manifest of [...sources.flatMap(({ manifests }) => manifests), ...live]) {
    const key = `${groupOf(manifest)} ${objectRef(manifest)}`;
    if (!known.has(key)) known.set(key, manifest);
  }
  return [...known.values()];
}

/** The translation, without its new form where something stands in the way of it. */
function asAllowed(
  { old, held, isLiveOnly }: Candidate,
  translation: Translation | undefined,
  settings: MigrateSettings,
  taken: TakenHosts,
): Translation[] {
  if (!translation) return [];
  const reason = held ?? (isLiveOnly && !settings.takesLiveOnly ? noPlace : undefined);
  const note: Note | undefined = reason ? { ...reason, effect: 'manual', place: [] } : taken.noteFor(old);
  if (!note) return [translation];
  return [{ old, origins: [], notes: [note, ...translation.notes] }];
}

const noPlace = {
  id: 'migrate-live-only',
  message: 'only the cluster holds it, so that no file of the trees can take its new form',
  fix: 'Write it elsewhere with --out DIR, and add it to Git; or delete it from the cluster.',
} as const;
