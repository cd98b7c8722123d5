import type { JsonObject } from '../../model/json';
import type { Candidate } from '../candidate-api-rules';
import type { SourceFile } from '../input/source-file';
import type { MigratedGroup } from '../migrate-groups';
import type { OldApiRule } from '../old-api-rule';
import type { Translation } from '../translation';
import { cleanApiRule } from './clean-api-rule';
import type { Rewrite } from './rewrite';
import { rewriteText } from './rewrite-text';

/** A file of the trees and what it says after the migration. */
export interface MigratedFile {
  readonly source: SourceFile;
  readonly text: string;
  readonly isChanged: boolean;
}

/** An APIRule that stands in no file of the trees. */
export interface FreshApiRule {
  readonly old: OldApiRule;
  readonly apiRule: JsonObject;
}

/** Objects that belong beside a file, or beside an APIRule that stands in none. */
export interface Companions {
  readonly beside: SourceFile | OldApiRule;
  readonly objects: readonly JsonObject[];
}

/** What a migration writes. */
export interface Output {
  readonly files: readonly MigratedFile[];
  readonly companions: readonly Companions[];
  readonly fresh: readonly FreshApiRule[];
}

/** An output, and the groups that are left as they are because one of their APIRules stands where nothing can be put in its place. */
export interface TriedOutput {
  readonly output: Output;
  readonly refused: ReadonlyMap<MigratedGroup, readonly OldApiRule[]>;
}

/** Puts the APIRules of all groups that are written in the place of the old ones; a group comes whole or not at all. */
export function outputOf(groups: readonly MigratedGroup[], candidates: readonly Candidate[], sources: readonly SourceFile[]): TriedOutput {
  const refused = new Map<MigratedGroup, readonly OldApiRule[]>();
  for (;;) {
    const wanted = groups.filter((group) => group.isWritten && !refused.has(group));
    const tried = tryOutput(wanted, candidates, sources);
    if (tried.failed.size === 0) return { output: tried.output, refused };
    for (const group of wanted) {
      const own = group.group.translations.map(({ old }) => old).filter((old) => tried.failed.has(old));
      if (own.length > 0) refused.set(group, own);
    }
  }
}

function tryOutput(
  groups: readonly MigratedGroup[],
  candidates: readonly Candidate[],
  sources: readonly SourceFile[],
): { readonly output: Output; readonly failed: ReadonlySet<OldApiRule> } {
  const translations = new Map(
    groups.flatMap(({ group }) => group.translations.map((translation) => [translation.old, translation] as const)),
  );
  const written = candidates.flatMap((candidate) => ofCandidate(candidate, translations.get(candidate.old)));
  const rewrites = new Map(written.flatMap(({ rewrites: own }) => own.map((rewrite) => [rewrite.manifest, rewrite] as const)));
  const failed = new Set<OldApiRule>();
  const files = sources.map((source) => {
    const own = source.manifests.flatMap((manifest) => rewrites.get(manifest) ?? []);
    const { text, refused } = rewriteText(source.text, source.path, own);
    for (const { manifest } of refused)
      for (const { old, twins } of candidates) if ([old, ...twins].some((one) => one.manifest === manifest)) failed.add(old);
    return { source, text, isChanged: text !== source.text };
  });
  const fresh = written.flatMap(({ candidate, apiRule }) =>
    candidate.isLiveOnly ? [{ old: candidate.old, apiRule: cleanApiRule(apiRule) }] : [],
  );
  return { output: { files, companions: companionsOf(groups, sources), fresh }, failed };
}

interface WrittenCandidate {
  readonly candidate: Candidate;
  readonly apiRule: JsonObject;
  readonly rewrites: readonly Rewrite[];
}

function ofCandidate(candidate: Candidate, translation: Translation | undefined): WrittenCandidate[] {
  if (!translation?.apiRule) return [];
  const { apiRule, origins } = translation;
  const rewrites = candidate.isLiveOnly ? [] : [candidate.old, ...candidate.twins].map(({ manifest }) => ({ manifest, apiRule, origins }));
  return [{ candidate, apiRule, rewrites }];
}

/** Companions stand beside the first file of their workload. */
function companionsOf(groups: readonly MigratedGroup[], sources: readonly SourceFile[]): readonly Companions[] {
  const fileOf = new Map(sources.flatMap((source) => source.manifests.map((manifest) => [manifest, source] as const)));
  const found = new Map<Companions['beside'], JsonObject[]>();
  for (const { group, plan } of groups) {
    const olds = group.translations.map(({ old }) => old);
    const beside = olds.flatMap((old) => fileOf.get(old.manifest) ?? [])[0] ?? olds[0];
    if (beside && plan.companions.length > 0) found.set(beside, [...(found.get(beside) ?? []), ...plan.companions]);
  }
  return [...found].map(([beside, objects]) => ({ beside, objects }));
}
