import type { Files } from '../files/files';
import type { CheckResult } from '../model/check-result';
import { ManifestInvalidError } from '../model/errors';
import type { ReadOptions } from '../model/read-documents';
import type { VerbOutcome } from '../model/verb-outcome';
import { whereOf } from '../model/object-ref';
import { findCandidates, type Candidate } from './candidate-api-rules';
import { remark } from './input/manual-work';
import { readInput, type MigrationInput } from './input/read-input';
import { renderedFrom } from './input/rendered-from';
import type { DiscoveredIssuers } from './issuers/discover-issuers';
import { missingIssuers, type MissingWithUsers } from './issuers/missing-issuers';
import { inventoryOf, leftoversOf, type InventoryEntry } from './list/inventory';
import { clusterOf, migrateGroups } from './migrate-groups';
import { companionResults } from './output/companion-results';
import { outputOf } from './output/migrated-files';
import { outputFiles, type OutputFile } from './output/output-files';
import { streamOf } from './output/stream';
import { otherKindResults } from './read/other-kinds';
import { isOldApiRule } from './read/read-old-api-rule';
import type { MigrateSettings } from './settings';
import { migrationData } from './show/migration-data';
import { groupResults } from './show/results';

export type { MigrateSettings } from './settings';
export type { OutputFile } from './output/output-files';
export type { InventoryEntry } from './list/inventory';
export { writeInPlace, writeToFolder } from './output/write-output';
export { inventoryResults } from './list/inventory-results';
export { inventoryText } from './show/inventory-text';
export { migrationText } from './show/migration-text';
export { migrationMarkdown } from './show/migration-markdown';
export { parseIssuerMap } from './issuers/parse-issuer-map';
export { printIssuerTemplate } from './issuers/issuer-template';
export { readInternalCallers } from './plan/internal-callers';

/** What `runMigrate` is asked. */
export interface MigrateInput extends ReadOptions {
  readonly files: Files;
  /** Files, folders, or `-` for standard input. */
  readonly paths: readonly string[];
  /** A dump of the cluster, or `-`. @default - none */
  readonly live?: string;
  readonly readStdin: () => Promise<string>;
  readonly settings: MigrateSettings;
  /** Asks providers which keys belong to which issuer. @default - nobody is asked */
  readonly discover?: (missing: readonly MissingWithUsers[]) => Promise<DiscoveredIssuers>;
}

/** The outcome of `migrate`, and what it would write. */
export interface MigrateOutcome extends VerbOutcome {
  /** Files to write; empty when the proof has failed anywhere. */
  readonly output: readonly OutputFile[];
  /** The migrated input as one YAML stream, companions behind it; empty when the proof has failed anywhere. */
  readonly stream: string;
  /** What the issuer map does not say yet. */
  readonly missingIssuers: readonly MissingWithUsers[];
  readonly inventory: readonly InventoryEntry[];
  readonly leftovers: readonly string[];
  readonly inputDigest: string;
  readonly roots: MigrationInput['roots'];
}

/**
 * Migrates old APIRules to version 2: reads trees and dump, translates, proves that nothing opens, and plans the way. Writes nothing; what is
 * to be written is part of the outcome. Opens no socket unless `discover` does.
 *
 * @throws {UsageError} ERR_USAGE when no path is given, or one of them twice
 * @throws {ManifestInvalidError} ERR_MANIFEST_INVALID when a document or a file cannot be read, or an object says two things
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when a path that was named cannot be read
 * @throws {NothingFoundError} ERR_NOTHING_FOUND when there is no document at all
 */
export async function runMigrate({ settings, discover, ...request }: MigrateInput): Promise<MigrateOutcome> {
  const input = await readInput({ ...request, isOld: isOldApiRule });
  const { candidates, remarks, problems, contradictions } = findCandidates(input);
  if (contradictions.length > 0) throw new ManifestInvalidError([...contradictions, ...problems]);
  const olds = candidates.map(({ old }) => old);
  const missing = missingIssuers(olds, settings.issuers);
  const asked = discover && missing.length > 0 ? await discover(missing) : undefined;
  const issuers = [...settings.issuers, ...(asked?.map ?? [])];
  const groups = migrateGroups(candidates, input, { ...settings, issuers });
  const hasFailed = groups.some(({ proof }) => proof && proof.opened.length > 0);
  const { output, refused } = outputOf(hasFailed ? [] : groups, candidates, input.sources);
  const [inventory, leftovers] = [inventoryOf(input, groups), leftoversOf(clusterOf(input))];
  const files = await outputFiles(output, request.files);
  const results: CheckResult[] = [
    ...input.results,
    ...problems,
    ...groups.flatMap((group) => groupResults(group, refused.get(group) ?? [])),
    ...renderedRemarks(candidates),
    ...remarks,
    ...companionResults(files, input.kustomizations),
    ...clusterOf(input).flatMap(otherKindResults),
    ...(asked?.results ?? []),
  ];
  return {
    results,
    data: { ...migrationData(groups, { refused, hasFailed }, inventory, leftovers), checked: clusterOf(input).length },
    output: files,
    stream: hasFailed ? '' : streamOf(output),
    missingIssuers: asked ? missingIssuers(olds, issuers) : missing,
    inventory,
    leftovers,
    inputDigest: input.digest,
    roots: input.roots,
  };
}

/** The template is what has to change; what was rendered is made anew with the next release. */
function renderedRemarks(candidates: readonly Candidate[]): CheckResult[] {
  return candidates.flatMap(({ old }) => {
    const template = renderedFrom(old.manifest);
    if (template === undefined) return [];
    return [
      remark(
        'migrate-rendered',
        whereOf(old.manifest),
        `it was rendered from ${template}`,
        `Carry its new form into ${template}; what is migrated here is gone with the next rendering.`,
      ),
    ];
  });
}
