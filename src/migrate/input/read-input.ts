import { join } from 'node:path';
import type { Files } from '../../files/files';
import { createInputDigest } from '../../files/input-digest';
import type { CheckResult } from '../../model/check-result';
import { ManifestInvalidError, NothingFoundError, UsageError } from '../../model/errors';
import type { Manifest } from '../../model/manifest';
import type { ReadOptions } from '../../model/read-documents';
import type { Kustomization } from './kustomization';
import type { ManualId } from './manual-work';
import { patchesIn, type ApiRulePatch } from './patches';
import { readContent, type TextContent } from './read-content';
import { readInputTexts, type InputText, type InputTexts } from './read-files';
import type { SourceFile, SourceRoot } from './source-file';

/** What a migration is asked to look at. */
export interface InputRequest extends ReadOptions {
  readonly files: Files;
  /** Files, folders, or `-` for standard input. */
  readonly paths: readonly string[];
  /** A dump of the cluster, or `-`. */
  readonly live?: string;
  readonly readStdin: () => Promise<string>;
  /** Tells an APIRule that is to be migrated. */
  readonly isOld: (manifest: Manifest) => boolean;
}

/** Everything that a migration looks at. */
export interface MigrationInput {
  readonly roots: readonly SourceRoot[];
  readonly kustomizations: readonly Kustomization[];
  readonly sources: readonly SourceFile[];
  readonly live: readonly Manifest[];
  /** Old APIRules that hold placeholders, so that nobody knows what they say; what to do is among the results. */
  readonly unfinished: readonly Manifest[];
  /** Old APIRules that must not be migrated as they stand. */
  readonly held: ReadonlyMap<Manifest, Held>;
  readonly results: readonly CheckResult[];
  readonly digest: string;
}

/** Why an APIRule is left as it is, and what to do. */
export interface Held {
  readonly id: ManualId;
  readonly message: string;
  readonly fix: string;
}

/**
 * Reads the trees and the dump. Everything that keeps it from being read is told at once.
 * @throws {UsageError} ERR_USAGE when no path is given, or one of them twice
 * @throws {ManifestInvalidError} ERR_MANIFEST_INVALID when a document or a file cannot be read
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when a path that was named cannot be read
 * @throws {NothingFoundError} ERR_NOTHING_FOUND when there is no document at all
 */
export async function readInput(request: InputRequest): Promise<MigrationInput> {
  const roots = await rootsOf(request);
  const input = await readInputTexts(request.files, roots, request.readStdin);
  const patches = patchesOf(input);
  const contents = input.texts.map((text) => (patches.files.has(join(text.path)) ? nothing : readContent(text, request.isOld, request)));
  const problems = [...input.problems, ...contents.flatMap((content) => content.problems)];
  if (problems.length > 0) throw new ManifestInvalidError(problems);
  const sources = input.texts.map((text, index) => sourceOf(text, contents[index] ?? nothing));
  const results = [...contents.flatMap((content) => content.results), ...patches.found.map(({ result }) => result)];
  if (sources.every(({ manifests }) => manifests.length === 0) && results.length === 0)
    throw new NothingFoundError(`no manifest in ${[...request.paths, ...(request.live === undefined ? [] : [request.live])].join(', ')}`);
  return {
    roots,
    kustomizations: input.kustomizations,
    sources: sources.filter(({ root }) => root.kind !== 'live'),
    live: sources.filter(({ root }) => root.kind === 'live').flatMap(({ manifests }) => manifests),
    unfinished: contents.flatMap(({ unfinished }) => unfinished),
    held: patchedBases(sources.flatMap(({ manifests }) => manifests).filter(request.isOld), patches.found),
    results,
    digest: digestOf(input),
  };
}

const nothing: TextContent = { manifests: [], unfinished: [], results: [], problems: [] };

async function rootsOf({ files, paths, live }: InputRequest): Promise<readonly SourceRoot[]> {
  if (paths.length === 0 && live === undefined)
    throw new UsageError('no path is given', 'Give a file, a folder, - for standard input, or --live FILE.');
  const twice = [...paths, ...(live === undefined ? [] : [live])].find((path, index, all) => all.indexOf(path) !== index);
  if (twice !== undefined) throw new UsageError(`${twice === '-' ? 'standard input' : twice} is given twice`);
  const roots = await Promise.all(
    paths.map(async (path): Promise<SourceRoot> => {
      const kind = path === '-' ? 'stdin' : (await files.kindOf(path)) === 'folder' ? 'folder' : 'file';
      return { path, kind };
    }),
  );
  return live === undefined ? roots : [...roots, { path: live, kind: 'live' }];
}

function sourceOf({ root, path, below, text, isNamed }: InputText, { manifests, unfinished, results }: TextContent): SourceFile {
  const isStream = isNamed || manifests.length + unfinished.length + results.filter(({ id }) => id !== 'migrate-template').length > 0;
  return { root, path, below, text, manifests, isStream };
}

interface Patches {
  /** Files that hold patches and no objects. */
  readonly files: ReadonlySet<string>;
  readonly found: readonly ApiRulePatch[];
}

function patchesOf({ texts, kustomizations }: InputTexts): Patches {
  const byPath = new Map(texts.map((text) => [join(text.path), text]));
  const files = new Set<string>();
  const found: ApiRulePatch[] = [];
  for (const { file, patchFiles, inline } of kustomizations) {
    for (const { path, target } of patchFiles) {
      const text = byPath.get(path);
      if (text && !files.has(path)) found.push(...patchesIn(text.text, { file: text.path, line: 1 }, target));
      files.add(path);
    }
    for (const { text, target, line } of inline) found.push(...patchesIn(text, { file, line }, target));
  }
  return { files, found };
}

/** What is patched is known only after kustomize has built it: its base alone would be translated to something that nobody deploys. */
function patchedBases(old: readonly Manifest[], patches: readonly ApiRulePatch[]): ReadonlyMap<Manifest, Held> {
  const changing = patches.filter(({ changesAccess }) => changesAccess);
  const held = old.flatMap((manifest): [Manifest, Held][] => {
    const by = changing
      .filter(({ appliesTo }) => appliesTo(manifest.name))
      .map(({ result: { where } }) => `${where.file ?? ''}:${where.line ?? 1}`);
    if (by.length === 0) return [];
    const message = `it is changed by the patch at ${by.join(' and ')}, so what is deployed is not what stands here; it is left as it is`;
    return [[manifest, { id: 'migrate-patched-base', message, fix: patchedFix }]];
  });
  return new Map(held);
}

const patchedFix = 'Migrate what kustomize builds, and rewrite base and patch together: kustomize build … | kyma-guard migrate -';

function digestOf({ texts }: InputTexts): string {
  const digest = createInputDigest();
  for (const { path, text } of texts) digest.add(path, text);
  return digest.hex();
}
