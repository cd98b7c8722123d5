import { resolve } from 'node:path';
import { readMapping } from '../config/read-mapping';
import type { BaselineUse } from '../model/accepted-findings';
import { printBaseline, readBaseline, type Baseline } from '../model/baseline';
import { UsageError } from '../model/errors';
import type { Call, OptionSpec } from './command';
import type { Io } from './io';

/** Options of every verb that can begin with what is there. */
export const baselineOptionSpecs: readonly OptionSpec[] = [
  { flags: '--baseline <FILE>', help: 'Findings that were accepted earlier do not count.' },
  { flags: '--update-baseline', help: 'Write every finding of this run to the baseline: from now on they do not count.' },
  { flags: '--prune-baseline', help: 'Drop entries of the baseline that no longer occur.' },
];

/** The baseline of a call and what is to become of it. */
export interface BaselineOptions {
  readonly baseline: Baseline;
  readonly baselineUse: BaselineUse;
}

/**
 * Reads the baseline that a call names; undefined when it names none.
 * @throws {UsageError} ERR_USAGE when options contradict each other
 * @throws {ConfigInvalidError} ERR_CONFIG_INVALID when the file cannot be understood
 */
export async function readBaselineOptions({ options }: Call, io: Io): Promise<BaselineOptions | undefined> {
  const named = options.text('baseline');
  const [update, prune] = [options.flag('update-baseline'), options.flag('prune-baseline')];
  if (update && prune)
    throw new UsageError('--update-baseline and --prune-baseline exclude each other', 'An update also drops what no longer occurs.');
  if (named === undefined) {
    if (update || prune) throw new UsageError(`--${update ? 'update' : 'prune'}-baseline needs --baseline FILE`);
    return undefined;
  }
  const baselineUse = update ? 'update' : prune ? 'prune' : 'keep';
  const isNew = update && (await io.files.kindOf(resolve(io.cwd, named))) === undefined;
  return { baseline: isNew ? { file: named, accepted: [] } : await baselineOf(named, io), baselineUse };
}

/** Writes the baseline after a run that was to change it. */
export async function keepBaseline(after: Baseline, { baseline, baselineUse }: Partial<BaselineOptions>, io: Io): Promise<void> {
  if (baseline?.file === undefined || baselineUse === undefined || baselineUse === 'keep') return;
  await io.files.writeAtomic(resolve(io.cwd, baseline.file), io.redactor.clean(printBaseline(after)));
  const [was, is] = [baseline.accepted.length, after.accepted.length];
  io.log(`${baseline.file}: ${is} accepted ${is === 1 ? 'finding' : 'findings'}, ${was} before`);
}

function baselineOf(file: string, { files, cwd }: Io): Promise<Baseline> {
  const here = { ...files, readText: (path: string) => files.readText(resolve(cwd, path)) };
  const hint = 'Write it anew with --update-baseline; only reason and until are meant to be edited.';
  return readMapping(here, file, {
    ...{ what: 'the baseline', hint },
    read: (data) => {
      const { baseline, problems } = readBaseline(data);
      return { value: { ...baseline, file }, problems };
    },
  });
}
