import { resolve } from 'node:path';
import { readMapping } from '../config/read-mapping';
import type { BaselineUse } from '../model/accepted-findings';
import type { AcceptedNote, BaselineOf, ReadBaseline } from '../model/baseline-file';
import { FileUnreadableError, UsageError } from '../model/errors';
import type { JsonObject } from '../model/json';
import type { Call, OptionSpec } from './command';
import type { Io } from './io';

/** Options of every verb that can begin with what is there. */
export const baselineOptionSpecs: readonly OptionSpec[] = [
  { flags: '--baseline <FILE>', help: 'Findings that were accepted earlier do not count.' },
  { flags: '--update-baseline', help: 'Write every finding of this run to the baseline: from now on they do not count.' },
  { flags: '--prune-baseline', help: 'Drop entries of the baseline that no longer occur.' },
];

/** The baseline of a call and what is to become of it. */
export interface BaselineOptions<E extends AcceptedNote> {
  readonly baseline: BaselineOf<E>;
  readonly baselineUse: BaselineUse;
}

/** What a verb makes of the mapping in the file of its baseline. */
type Read<E extends AcceptedNote> = (data: JsonObject) => ReadBaseline<E>;

/**
 * Reads the baseline that a call names; undefined when it names none.
 * @throws {UsageError} ERR_USAGE when options contradict each other
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when the file is missing, unless it is to be written
 * @throws {ConfigInvalidError} ERR_CONFIG_INVALID when the file cannot be understood
 */
export async function readBaselineOptions<E extends AcceptedNote>(
  { options }: Call,
  io: Io,
  read: Read<E>,
): Promise<BaselineOptions<E> | undefined> {
  const file = options.text('baseline');
  const [update, prune] = [options.flag('update-baseline'), options.flag('prune-baseline')];
  if (update && prune)
    throw new UsageError('--update-baseline and --prune-baseline exclude each other', 'An update also drops what no longer occurs.');
  if (file === undefined) {
    if (update || prune) throw new UsageError(`--${update ? 'update' : 'prune'}-baseline needs --baseline FILE`);
    return undefined;
  }
  const baselineUse = update ? 'update' : prune ? 'prune' : 'keep';
  if ((await io.files.kindOf(resolve(io.cwd, file))) !== undefined) return { baseline: await baselineOf(file, io, read), baselineUse };
  if (update) return { baseline: { file, accepted: [] }, baselineUse };
  throw new FileUnreadableError(file, 'no such file', 'Write it with --update-baseline: what is found today is accepted.');
}

/** Writes the baseline after a run that was to change it. */
export async function keepBaseline<E extends AcceptedNote>(
  after: BaselineOf<E>,
  { baseline, baselineUse }: Partial<BaselineOptions<E>>,
  print: (baseline: BaselineOf<E>) => string,
  io: Io,
): Promise<void> {
  if (baseline?.file === undefined || baselineUse === undefined || baselineUse === 'keep') return;
  await io.files.writeAtomic(resolve(io.cwd, baseline.file), io.redactor.clean(print(after)));
  const [was, is] = [baseline.accepted.length, after.accepted.length];
  io.log(`${baseline.file}: ${is} accepted ${is === 1 ? 'finding' : 'findings'}, ${was} before`);
}

function baselineOf<E extends AcceptedNote>(file: string, { files, cwd }: Io, read: Read<E>): Promise<BaselineOf<E>> {
  const here = { ...files, readText: (path: string) => files.readText(resolve(cwd, path)) };
  const hint = 'Only reason and until of an entry are meant to be edited. Remove the file, and write it anew with --update-baseline.';
  return readMapping(here, file, {
    ...{ what: 'the baseline', hint },
    read: (data) => {
      const { baseline, problems } = read(data);
      return { value: { ...baseline, file }, problems };
    },
  });
}
