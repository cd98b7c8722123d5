import { dirname, join } from 'node:path';
import type { Files } from '../files/files';
import { closest } from '../model/closest';
import { ConfigInvalidError, FileUnreadableError, UsageError } from '../model/errors';
import { describeIssue } from './describe-issue';
import { readEnvironment, type Environment } from './environment';
import { layersOf, type Reading } from './layers';
import { emptyLock, lockFileName, parseLock, type Lock } from './lock-file';
import { locateIn } from './place';
import { Problems } from './problems';
import { parseSource } from './source-document';
import { suppressionsOf } from './suppressions';

/** Name of the configuration when none is given. */
export const configFileName = 'kyma-guard.yaml';

/** A configuration that was read, merged and checked. */
export interface LoadedConfig {
  /** As the user gave it. */
  readonly file: string;
  /** Folder of the file: everything that it refers to is below. */
  readonly folder: string;
  /** In the order of the file; a single one without name when none is declared. */
  readonly environments: readonly Environment[];
  readonly lock: Lock;
}

const whereItComesFrom =
  'Run it in the folder of kyma-guard.yaml, or name the configuration with --config FILE; docs/config.md begins with one.';

/**
 * Reads a configuration, its overlays, the files that it refers to and the lock file beside it.
 * @param options.ignoreLock take the lock file as empty, because it is about to be written. @default false
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when a file cannot be read
 * @throws {ConfigInvalidError} ERR_CONFIG_INVALID with every problem, when there is one
 */
export async function loadConfig(files: Files, path: string, options: { readonly ignoreLock?: boolean } = {}): Promise<LoadedConfig> {
  const reading: Reading = { files, folder: dirname(path), problems: new Problems() };
  if ((await files.kindOf(path)) === undefined) throw new FileUnreadableError(path, 'no such file', whereItComesFrom);
  const source = parseSource(await files.readText(path), path);
  const lock = await readLock(join(reading.folder, lockFileName), reading);
  const environments: Environment[] = [];
  if ('data' in source) {
    suppressionsOf(source, reading.problems);
    for (const layered of await layersOf(source, reading)) {
      const environment = await readEnvironment(layered, options.ignoreLock ? emptyLock : lock, reading);
      if (environment) environments.push(environment);
    }
  } else reading.problems.addSyntax(source, path);
  if (reading.problems.results.length > 0) throw new ConfigInvalidError(reading.problems.results);
  return { file: path, folder: reading.folder, environments, lock };
}

async function readLock(path: string, { files, problems }: Reading): Promise<Lock> {
  if ((await files.kindOf(path)) === undefined) return emptyLock;
  const parsed = parseLock(await files.readText(path), path);
  if ('lock' in parsed) return parsed.lock;
  if ('syntax' in parsed) problems.addSyntax(parsed.syntax, path);
  else {
    const fix = 'Run kyma-guard lock again; the file is not meant to be edited.';
    const findings = parsed.issues.flatMap((issue) => describeIssue(issue, parsed.source.data, () => []));
    problems.addFindings(
      findings.map((finding) => ({ ...finding, fix })),
      locateIn([{ source: parsed.source, prefix: [] }]),
    );
  }
  return emptyLock;
}

/**
 * The environments that a call means: the named ones in the order of the file, or all.
 * @throws {UsageError} ERR_USAGE when there is none of that name
 */
export function environmentsOf({ environments, file }: LoadedConfig, ...chosen: readonly string[]): readonly Environment[] {
  const unknown = chosen.find((name) => !environments.some((environment) => environment.name === name));
  if (unknown !== undefined) throw unknownEnvironment(unknown, environments, file);
  return chosen.length === 0 ? environments : environments.filter(({ name }) => name !== undefined && chosen.includes(name));
}

function unknownEnvironment(name: string, environments: readonly Environment[], file: string): UsageError {
  const names = environments.flatMap((environment) => environment.name ?? []);
  if (names.length === 0)
    return new UsageError(`${file} declares no environments, so there is no ${JSON.stringify(name)}`, 'Leave --env out.');
  const near = closest(name, names);
  return new UsageError(
    `there is no environment ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${near}?`}`,
    `${file} declares ${names.join(', ')}.`,
  );
}
