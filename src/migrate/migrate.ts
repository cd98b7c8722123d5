import type { Files } from '../files/files';
import type { CheckResult } from '../model/check-result';
import { ManifestInvalidError } from '../model/errors';
import type { Manifest } from '../model/manifest';
import type { ReadOptions } from '../model/read-documents';
import type { VerbOutcome } from '../model/verb-outcome';
import { whereOf } from '../model/object-ref';
import { findCandidates, type Candidate, type Candidates } from './candidate-api-rules';
import { remark } from './input/manual-work';
import { readInput, type MigrationInput } from './input/read-input';
import { unnamedAuthorizers } from './input/unnamed-authorizers';
import { templatesOf } from './input/rendered-from';
import type { DiscoveredIssuers } from './issuers/discover-issuers';
import type { IssuerMap } from './issuers/issuer-map';
import { missingIssuers, type MissingWithUsers } from './issuers/missing-issuers';
import { inventoryOf, leftoversOf, type InventoryEntry } from './list/inventory';
import { clusterOf, migrateGroups, type MigratedGroup } from './migrate-groups';
import { companionResults } from './output/companion-results';
import { outputOf } from './output/migrated-files';
import { outputFiles, type OutputFile } from './output/output-files';
import { streamOf } from './output/stream';
import { otherKindResults } from './read/other-kinds';
import { isOldApiRule } from './read/read-old-api-rule';
import type { MigrateSettings } from './settings';
import { migrationData, type Decided } from './show/migration-data';
import { groupResults } from './show/results';

export type { MigrateSettings } from './settings';
export type { OutputFile } from './output/output-files';
export type { InventoryEntry } from './list/inventory';
export { writeInPlace, writeToFolder } from './output/write-output';
export { inventoryResults, isOutsideInventory } from './list/inventory-results';
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
  const found = findCandidates(input);
  if (found.contradictions.length > 0) throw new ManifestInvalidError([...found.contradictions, ...found.problems]);
  const pairing = await pairIssuersOf(found.candidates, settings.issuers, discover);
  const groups = migrateGroups(found.candidates, input, { ...settings, issuers: pairing.issuers });
  const hasFailed = groups.some(({ proof }) => proof && proof.opened.length > 0);
  const { output, refused } = outputOf(hasFailed ? [] : groups, found.candidates, input.sources);
  const files = await outputFiles(output, request.files);
  const decided: Decided = { refused, hasFailed, templates: templatesOf(input.sources, isOldApiRule) };
  const cluster = clusterOf(input);
  const [inventory, leftovers] = [inventoryOf(input, groups), leftoversOf(cluster)];
  return {
    results: [
      ...migrationResults(input, found, groups, decided),
      ...companionResults(files, input.kustomizations),
      ...cluster.flatMap(unnamedAuthorizers),
      ...cluster.flatMap(otherKindResults),
      ...pairing.results,
    ],
    data: { ...migrationData(groups, decided, inventory, leftovers), checked: cluster.length },
    output: files,
    stream: hasFailed ? '' : streamOf(output),
    missingIssuers: pairing.missing,
    ...{ inventory, leftovers, inputDigest: input.digest, roots: input.roots },
  };
}

/** The issuer map with what providers say, and what is missing in it still. */
async function pairIssuersOf(
  candidates: readonly Candidate[],
  map: IssuerMap,
  discover: MigrateInput['discover'],
): Promise<{ readonly issuers: IssuerMap; readonly missing: readonly MissingWithUsers[]; readonly results: readonly CheckResult[] }> {
  const olds = candidates.map(({ old }) => old);
  const missing = missingIssuers(olds, map);
  if (!discover || missing.length === 0) return { issuers: map, missing, results: [] };
  const asked = await discover(missing);
  const issuers = [...map, ...asked.map];
  return { issuers, missing: missingIssuers(olds, issuers), results: asked.results };
}

function migrationResults(
  input: MigrationInput,
  found: Candidates,
  groups: readonly MigratedGroup[],
  { refused, templates }: Decided,
): CheckResult[] {
  return [
    ...input.results,
    ...found.problems,
    ...groups.flatMap((group) => groupResults(group, refused.get(group) ?? [])),
    ...renderedRemarks(found.candidates, templates),
    ...found.remarks,
  ];
}

/** The template is what has to change; what was rendered is made anew with the next release. */
function renderedRemarks(candidates: readonly Candidate[], templates: ReadonlyMap<Manifest, string>): CheckResult[] {
  return candidates.flatMap(({ old }) => {
    const template = templates.get(old.manifest);
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
