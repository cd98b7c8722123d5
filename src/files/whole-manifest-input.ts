import type { CheckResult } from '../model/check-result';
import { ManifestInvalidError, NothingFoundError, UsageError } from '../model/errors';
import type { Manifest } from '../model/manifest';
import type { Files } from './files';
import { streamManifestInput, type StreamOptions } from './stream-manifest-input';

/** Everything that paths hold, for a verb that answers for all of it. */
export interface WholeInput {
  readonly manifests: readonly Manifest[];
  /** Files of other programs, and charts that are not rendered: what these would become is not known. */
  readonly remarks: readonly CheckResult[];
  readonly digest: string;
}

/** How it is read. */
export interface WholeInputOptions extends StreamOptions {
  /** Stands in advice, as in `kyma-guard VERB -`. */
  readonly verb: string;
  /** Whether nothing is an answer, too. @default false */
  readonly mayBeEmpty?: boolean;
}

const remarkIds = new Set(['chart-not-rendered', 'file-not-a-manifest']);

/**
 * Reads every manifest below the given paths; `-` is standard input. A document that cannot be read could be the one that matters.
 * @throws {UsageError} ERR_USAGE when no path is given
 * @throws {ManifestInvalidError} ERR_MANIFEST_INVALID when a document cannot be read
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when a path that is named cannot be read
 * @throws {DocumentTooLargeError} ERR_DOCUMENT_TOO_LARGE when a YAML document is too large
 * @throws {NothingFoundError} ERR_NOTHING_FOUND when there is no document at all
 */
export async function readWholeInput(
  files: Files,
  paths: readonly string[],
  readStdin: () => Promise<string>,
  { verb, mayBeEmpty = false, ...options }: WholeInputOptions,
): Promise<WholeInput> {
  if (paths.length === 0) throw new UsageError('no path is given', 'Give a file, a folder such as dist/dev, or - for standard input.');
  const { documents, digest } = streamManifestInput(files, paths, readStdin, options);
  const manifests: Manifest[] = [];
  const told: CheckResult[] = [];
  for await (const document of documents) {
    if ('manifest' in document) manifests.push(document.manifest);
    else told.push(advisedFor(verb, document.problem));
  }
  const remarks = told.filter(({ id }) => remarkIds.has(id));
  const problems = told.filter(({ id }) => !remarkIds.has(id));
  if (problems.length > 0) throw new ManifestInvalidError(problems);
  if (manifests.length + remarks.length === 0 && !mayBeEmpty) throw new NothingFoundError(`no manifest in ${paths.join(', ')}`);
  return { manifests, remarks, digest: digest() };
}

/** Advice how to read a template is given in the words of `validate`. */
function advisedFor(verb: string, problem: CheckResult): CheckResult {
  return problem.fix === undefined ? problem : { ...problem, fix: problem.fix.replace('kyma-guard validate -', `kyma-guard ${verb} -`) };
}
