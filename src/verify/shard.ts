import { contentDigest } from '../model/short-digest';
import { shardData } from '../model/shards';
import type { JsonObject } from '../model/json';
import type { Endpoint } from './endpoint';

/** A part of a run: which one, counted from 1, and of how many. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Shards that a run can be cut into at most. */
export const mostShards = 10_000;

/**
 * The shard that a host belongs to, counted from 1: the one whose mark for the host is the highest. So a host stays where it is when
 * others come or go, and when shards are added only what goes to a new one moves. Part of the public interface: shards of one run may be
 * planned by different processes.
 *
 * A host is never cut: its limit of requests, and the proofs that its routes lend each other, belong together.
 * @see Thaler and Ravishankar, "A Name-Based Mapping Scheme for Rendezvous", 1996
 */
export function shardOf(host: string, of: number): number {
  const seed = hash(host.toLowerCase());
  let [best, highest] = [1, -1];
  for (let index = 1; index <= of; index++) {
    const mark = mixed(seed ^ mixed(index));
    if (mark > highest) [best, highest] = [index, mark];
  }
  return best;
}

/**
 * True for a host of the shard.
 * @throws {TypeError} when the shard is none of its number
 */
export function isOwn(host: string, { index, of }: Shard): boolean {
  if (!(Number.isInteger(index) && Number.isInteger(of) && index >= 1 && index <= of && of <= mostShards))
    throw new TypeError(`a shard has an index from 1 to its number, at most ${mostShards}`);
  return shardOf(host, of) === index;
}

/** What stands in the report of a shard. */
export function shardFacts({ index, of }: Shard, own: readonly Endpoint[], whole: readonly Endpoint[]): JsonObject {
  const [mine, all] = [own, whole].map((endpoints) => new Set(endpoints.map(({ host }) => host)).size);
  const routes = whole.map(({ method, host, path, jwt }) => [
    method,
    host,
    path,
    ...(jwt?.authentications ?? []).map(({ issuer }) => issuer),
  ]);
  const note = `Shard ${index} of ${of}: ${mine ?? 0} of ${all ?? 0} hosts; the others are judged by the other shards (kyma-guard report merge)`;
  return shardData({ of, have: [index], plan: contentDigest(routes), notes: [note] });
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(text)) state = Math.imul(state ^ byte, 0x01000193);
  return state >>> 0;
}

/** Every bit of the number decides about every bit of the result: the finalizer of MurmurHash3. */
function mixed(number: number): number {
  let state = number;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
