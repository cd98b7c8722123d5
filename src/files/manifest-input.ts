import type { CheckResult } from '../model/check-result';
import { ManifestInvalidError, NothingFoundError, UsageError } from '../model/errors';
import type { Manifest } from '../model/manifest';
import { readManifests } from '../model/read-manifests';
import type { Files } from './files';
import { createInputDigest } from './input-digest';
import { walkManifests } from './walk';

/** What the paths of a command line held. */
export interface ManifestInput {
  readonly manifests: readonly Manifest[];
  /** Documents that could not be read; the others were. */
  readonly problems: readonly CheckResult[];
  /** SHA-256 over names and texts, in hex: the same input gives the same digest. */
  readonly digest: string;
}

/**
 * Reads every manifest below the given paths; `-` is standard input.
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when a file cannot be read
 * @throws {NothingFoundError} ERR_NOTHING_FOUND when there is no document at all
 */
export async function readManifestInput(files: Files, paths: readonly string[], readStdin: () => Promise<string>): Promise<ManifestInput> {
  const digest = createInputDigest();
  const manifests: Manifest[] = [];
  const problems: CheckResult[] = [];
  for await (const [file, text] of texts(files, paths, readStdin)) {
    digest.add(file, text);
    const read = readManifests(text, file);
    manifests.push(...read.manifests);
    problems.push(...read.problems);
  }
  if (manifests.length === 0 && problems.length === 0) throw new NothingFoundError(`no manifest in ${paths.join(', ')}`);
  return { manifests, problems, digest: digest.hex() };
}

/**
 * Reads manifests for a verb that acts on all of them or on none: what is not understood could be the rule that matters.
 * @throws {UsageError} ERR_USAGE when no path is given
 * @throws {ManifestInvalidError} ERR_MANIFEST_INVALID when a document cannot be read
 */
export async function readSoundManifests(
  files: Files,
  paths: readonly string[],
  readStdin: () => Promise<string>,
): Promise<Pick<ManifestInput, 'manifests' | 'digest'>> {
  if (paths.length === 0) throw new UsageError('no path is given', 'Give a file, a folder such as dist/dev, or - for standard input.');
  const { problems, ...input } = await readManifestInput(files, paths, readStdin);
  if (problems.length > 0) throw new ManifestInvalidError(problems);
  return input;
}

async function* texts(files: Files, paths: readonly string[], readStdin: () => Promise<string>): AsyncGenerator<readonly [string, string]> {
  for await (const file of walkManifests(files, ...paths))
    yield file === '-' ? ['<stdin>', await readStdin()] : [file, await files.readText(file)];
}
