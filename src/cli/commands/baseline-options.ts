import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { readMapping } from '../../config/read-mapping';
import type { Files } from '../../files/files';
import { FileUnreadableError, UsageError } from '../../model/errors';
import type { BaselineUse } from '../../validate/suppress/accepted-findings';
import { readBaseline, type Baseline, type BaselineFiles } from '../../validate/suppress/baseline';
import type { ValidateOptions } from '../../validate/validate';
import type { Call } from '../command';
import type { Io } from '../io';

type BaselineOptions = Pick<ValidateOptions, 'baseline' | 'baselineUse' | 'baselineFiles'>;

/**
 * The baseline that the options name, and how it is used; nothing without one.
 * @throws {UsageError} ERR_USAGE when the options contradict each other
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when the file is missing, unless it is to be written
 * @throws {ConfigInvalidError} ERR_CONFIG_INVALID when it cannot be understood
 */
export async function baselineOptions({ args, options }: Call, io: Io): Promise<BaselineOptions> {
  const baseline = await baselineOf(options, io.files);
  if (!baseline) return {};
  return { baseline, baselineUse: baselineUseOf(options), baselineFiles: baselineFilesOf(baseline, args, io.cwd) };
}

async function baselineOf(options: Call['options'], files: Files): Promise<Baseline | undefined> {
  const file = options.text('baseline');
  const [update, prune] = [options.flag('update-baseline'), options.flag('prune-baseline')];
  if (update && prune)
    throw new UsageError('--update-baseline and --prune-baseline exclude each other', 'An update also drops what no longer occurs.');
  if (file === undefined) {
    if (update || prune) throw new UsageError(`--${update ? 'update' : 'prune'}-baseline needs --baseline FILE`);
    return undefined;
  }
  if ((await files.kindOf(file)) === undefined) {
    if (update) return { file, accepted: [] };
    throw new FileUnreadableError(file, 'no such file', 'Write it with --update-baseline: what is found today is accepted.');
  }
  const hint = 'The file is not meant to be edited. Remove it, and write it anew with --update-baseline.';
  const what = 'the baseline';
  return readMapping(files, file, {
    ...{ what, hint },
    read: (data) => {
      const { baseline, problems } = readBaseline(data);
      return { value: { ...baseline, file }, problems };
    },
  });
}

function baselineUseOf(options: Call['options']): BaselineUse {
  return options.flag('update-baseline') ? 'update' : options.flag('prune-baseline') ? 'prune' : 'keep';
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
