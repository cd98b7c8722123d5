import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { readBaseline, type Baseline, type BaselineFiles } from '../../validate/suppress/baseline';
import type { ValidateOptions } from '../../validate/validate';
import { readBaselineOptions } from '../baseline-options';
import type { Call } from '../command';
import type { Io } from '../io';

type BaselineOptions = Pick<ValidateOptions, 'baseline' | 'baselineUse' | 'baselineFiles'>;

/**
 * The baseline that the options name, how it is used and how it names files; nothing without one.
 * @throws {UsageError} ERR_USAGE when the options contradict each other
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when the file is missing, unless it is to be written
 * @throws {ConfigInvalidError} ERR_CONFIG_INVALID when it cannot be understood
 */
export async function validateBaseline(call: Call, io: Io): Promise<BaselineOptions> {
  const named = await readBaselineOptions(call, io, readBaseline);
  return named ? { ...named, baselineFiles: baselineFilesOf(named.baseline, call.args, io.cwd) } : {};
}

/** Files are named as seen from the folder of the baseline, so that it counts from wherever it is used. */
function baselineFilesOf({ file = '' }: Baseline, args: readonly string[], cwd: string): BaselineFiles {
  const folder = dirname(resolve(cwd, file));
  const given = args.filter((path) => path !== '-').map((path) => resolve(cwd, path));
  const below = (path: string, name: string): boolean => {
    const way = relative(path, name);
    return !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..';
  };
  return {
    nameOf: (name) => (name.startsWith('<') ? name : relative(folder, resolve(cwd, name)).replaceAll('\\', '/')),
    covers: (name) => !name.startsWith('<') && given.some((path) => below(path, resolve(folder, name))),
  };
}
