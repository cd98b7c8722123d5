import { isJsonObject, type JsonObject } from './json';

/** What a report says of the shards in it; `data.shard`. */
export interface ShardFacts {
  /** Shards that the run was cut into. */
  readonly of: number;
  /** Those that the report holds, counted from 1, sorted. */
  readonly have: readonly number[];
  /** Digest of all routes of the run, the same in each of its shards. */
  readonly plan: string;
  /** What people read of it. */
  readonly notes: readonly string[];
}

/** Id of the result that says that a merged report lacks shards. */
export const shardsCompleteId = 'shards-complete';

/** What a report says of shards; undefined when it is of a whole run. */
export function readShardFacts(data: JsonObject | undefined): ShardFacts | undefined {
  const shard = data?.['shard'];
  if (!isJsonObject(shard)) return undefined;
  const { of, have, plan, notes } = shard;
  if (typeof of !== 'number' || !Array.isArray(have) || typeof plan !== 'string') return undefined;
  const texts = Array.isArray(notes) ? notes : [];
  return {
    ...{ of, plan },
    have: have.filter((index) => typeof index === 'number'),
    notes: texts.filter((note) => typeof note === 'string'),
  };
}

/** The facts as they stand in a report. */
export function shardData({ of, have, plan, notes }: ShardFacts): JsonObject {
  return { of, have: [...have], plan, notes: [...notes] };
}

/** Shards that are not in a report. */
export function missingShards({ of, have }: Pick<ShardFacts, 'of' | 'have'>): number[] {
  const known = new Set(have);
  return Array.from({ length: of }, (_, i) => i + 1).filter((index) => !known.has(index));
}
