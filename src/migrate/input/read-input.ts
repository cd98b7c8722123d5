import { join } from 'node:path';
import type { Files } from '../../files/files';
import { createInputDigest } from '../../files/input-digest';
import type { CheckResult } from '../../model/check-result';
import { ManifestInvalidError, NothingFoundError, UsageError } from '../../model/errors';
import type { Manifest } from '../../model/manifest';
import { whereOf } from '../../model/object-ref';
import type { ReadOptions } from '../../model/read-documents';
import { manualWork } from './manual-work';
import { patchesIn, type ApiRulePatch } from './patches';
import { readContent, type TextContent } from './read-content';
import { readInputTexts, type InputTexts } from './read-files';
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
  readonly sources: readonly SourceFile[];
  readonly live: readonly Manifest[];
  /** Old APIRules that cannot be migrated as they stand, and why. */
  readonly unfinished: ReadonlyMap<Manifest, string>;
  readonly results: readonly CheckResult[];
  readonly digest: string;
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
  const sources = input.texts.flatMap((text, index) => sourceOf(text, contents[index] ?? nothing));
  const results = [...contents.flatMap((content) => content.results), ...patches.found.map(({ result }) => result)];
  if (sources.every(({ manifests }) => manifests.length === 0) && results.length === 0)
    throw new NothingFoundError(`no manifest in ${[...request.paths, ...(request.live === undefined ? [] : [request.live])].join(', ')}`);
  const patched = patchedBases(sources.flatMap(({ manifests }) => manifests).filter(request.isOld), patches.found);
  const waiting = contents.flatMap(({ unfinished }) => unfinished.map((manifest) => [manifest, 'it holds placeholders'] as const));
  return {
    sources: sources.filter(({ root }) => root.kind !== 'live'),
    live: sources.filter(({ root }) => root.kind === 'live').flatMap(({ manifests }) => manifests),
    unfinished: new Map([...waiting, ...patched.map(({ manifest, reason }) => [manifest, reason] as const)]),
    results: [...results, ...patched.map(({ result }) => result)],
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

function sourceOf({ root, path, below, text }: InputTexts['texts'][number], { manifests, unfinished }: TextContent): SourceFile[] {
  return [{ root, path, below, text, manifests: [...manifests, ...unfinished] }];
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
function patchedBases(
  old: readonly Manifest[],
  patches: readonly ApiRulePatch[],
): readonly { manifest: Manifest; reason: string; result: CheckResult }[] {
  const changing = patches.filter(({ changesSpec }) => changesSpec);
  return old.flatMap((manifest) => {
    const by = changing
      .filter(({ appliesTo }) => appliesTo(manifest.name))
      .map(({ result: { where } }) => `${where.file ?? ''}:${where.line ?? 1}`);
    if (by.length === 0) return [];
    const reason = `it is changed by the patch at ${by.join(' and ')}`;
    const fix = 'Migrate what kustomize builds, and rewrite base and patch together: kustomize build … | kyma-guard migrate -';
    return [
      {
        manifest,
        reason,
        result: manualWork(
          'migrate-patched-base',
          whereOf(manifest),
          `${reason}; what is deployed is not what stands here, so it is left as it is`,
          fix,
        ),
      },
    ];
  });
}

function digestOf({ texts }: InputTexts): string {
  const digest = createInputDigest();
  for (const { path, text } of texts) digest.add(path, text);
  return digest.hex();
}
