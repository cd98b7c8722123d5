import { UsageError } from '../model/errors';
import { mostShards, type Shard } from '../verify/shard';
import type { Call, OptionSpec } from './command';
import type { Io } from './io';

/** Options that cut a run into parts. */
export const shardOptionSpecs: readonly OptionSpec[] = [
  { flags: '--shard <I/N>', help: 'Only the hosts of shard I of N, counted from 1. report merge makes one report of all shards.' },
  {
    flags: '--shards <N>',
    help: 'Only the hosts of the shard that JOB_COMPLETION_INDEX names: in a Pod of an Indexed Job with N completions.',
  },
];

const indexName = 'JOB_COMPLETION_INDEX';

/**
 * The shard that a call is for; undefined when it is for all hosts.
 * @throws {UsageError} ERR_USAGE when it is none, or nothing says which of the N it is
 */
export function readShard({ options }: Call, { env }: Pick<Io, 'env'>): Shard | undefined {
  const [given, count] = [options.text('shard'), options.text('shards')];
  if (given !== undefined && count !== undefined) throw new UsageError('--shard and --shards exclude each other');
  if (given !== undefined) {
    const [, index, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(given) ?? [];
    return checked(Number(index), Number(of), `--shard is "${given}"`, 'Give I/N with I from 1 to N, such as 1/8.');
  }
  if (count === undefined) return undefined;
  const at = env[indexName];
  if (at === undefined || at === '')
    throw new UsageError(`--shards needs ${indexName}, which is not set`, 'Give --shard I/N outside an Indexed Job.');
  const hint = `Give the completions of the Job; ${indexName} counts from 0.`;
  const isNumber = /^\d{1,5}$/.test(at) && /^\d{1,5}$/.test(count);
  return checked(isNumber ? Number(at) + 1 : NaN, Number(count), `--shards is "${count}" and ${indexName} is "${at}"`, hint);
}

function checked(index: number, of: number, what: string, hint: string): Shard {
  if (!(index >= 1 && index <= of && of <= mostShards)) throw new UsageError(`${what}, which is no shard`, hint);
  return { index, of };
}
