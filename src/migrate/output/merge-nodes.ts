import { isAlias, isMap, isNode, isScalar, isSeq, Pair, Scalar, visit, YAMLMap, YAMLSeq, type Document, type Node } from 'yaml';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json';
import { isSameJson } from '../../model/same-json';
import { toPlainJson } from '../../model/plain-json';
import { addBefore, commentsIn, dressLike } from './comments';

/** How an old member is called now, so that its comments stay beside it. */
export type Renames = Readonly<Record<string, readonly string[]>>;

/** What is merged. */
export interface Merge {
  /** Stands for the text of a node that stays as it is; nothing when the node has to be printed. */
  readonly keep: (node: Node) => Scalar | undefined;
  /** Makes nodes. */
  readonly document: Document;
  /** For each new rule, the index of the old rule that it comes from. */
  readonly origins: readonly number[];
}

/** Names of old members of a rule and of a spec, and what took their place. */
const renames: Renames = {
  hosts: ['host'],
  request: ['mutators'],
  noAuth: ['accessStrategies'],
  jwt: ['accessStrategies'],
  extAuth: ['accessStrategies'],
};

/**
 * A node that says `value` and keeps what it can of the old one: equal parts as they stand, keys in their old order, quotes, and every comment.
 * A comment of a part that is gone stands before what took its place. Anchors and aliases become what they stand for.
 */
export function mergeNode(merge: Merge, old: unknown, value: JsonValue, path: readonly string[] = []): Node {
  if (!isNode(old)) return fresh(merge, value);
  if (!hasReferences(old)) {
    if (isSameJson(plain(old), value)) return kept(merge, old);
    if (isMap(old) && isJsonObject(value)) return mergeMap(merge, old, value, path);
    if (isSeq(old) && Array.isArray(value))
      return path.at(-1) === 'rules' ? mergeRules(merge, old, value, path) : mergeList(merge, old, value);
    if (isScalar(old) && typeof value !== 'object') return mergeScalar(merge, old, value);
  }
  const made = fresh(merge, value);
  addBefore(made, commentsIn(old));
  return made;
}

/** A part that says the same as before; one in brackets or braces keeps its text, too. */
function kept({ keep }: Merge, old: Node): Node {
  const stand = keep(old);
  if (!stand) return old;
  dressLike(stand, old);
  return stand;
}

function fresh({ document }: Merge, value: JsonValue): Node {
  return document.createNode(value, { aliasDuplicateObjects: false });
}

function hasReferences(node: Node): boolean {
  const found: unknown[] = [];
  visit(node, (_key, part) => {
    if (isReference(part)) found.push(part);
    return found.length > 0 ? visit.BREAK : undefined;
  });
  return found.length > 0;
}

/** An alias, or what one may stand for, or a value with a tag of its own. */
function isReference(part: unknown): boolean {
  if (!isNode(part)) return false;
  const { anchor, tag }: { readonly anchor?: string; readonly tag?: string } = part;
  return isAlias(part) || anchor !== undefined || tag?.startsWith('!') === true;
}

function plain(node: Node): JsonValue | undefined {
  try {
    return toPlainJson(node.toJSON());
  } catch {
    return undefined;
  }
}

function mergeScalar(merge: Merge, old: Scalar, value: JsonValue): Node {
  const made = fresh(merge, value);
  dressLike(made, old);
  const { type } = old;
  if (isScalar(made) && typeof made.value === 'string' && (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE')) made.type = type;
  return made;
}

/** Items that were there stay as they are, wherever they stand now. */
function mergeList(merge: Merge, old: YAMLSeq, value: readonly JsonValue[]): YAMLSeq {
  const rest = [...old.items];
  const items = value.map((item) => {
    const at = rest.findIndex((candidate) => isNode(candidate) && isSameJson(plain(candidate), item));
    return at < 0 ? fresh(merge, item) : (rest.splice(at, 1)[0] as Node);
  });
  const made = likeList(old, items);
  addBefore(made, rest.flatMap(commentsIn));
  return made;
}

/** A rule takes over from the rule that it comes from; a second one of the same origin comes without comments. */
function mergeRules(merge: Merge, old: YAMLSeq, value: readonly JsonValue[], path: readonly string[]): YAMLSeq {
  const used = new Set<number>();
  const [first] = old.items;
  if (isNode(first) && old.commentBefore) addBefore(first, [old.commentBefore]);
  old.commentBefore = null;
  const items = value.map((rule, index) => {
    const origin = merge.origins[index] ?? -1;
    const from = old.items[origin];
    if (used.has(origin) || !isNode(from)) return fresh(merge, rule);
    used.add(origin);
    return mergeNode(merge, from, rule, [...path, '*']);
  });
  const made = likeList(old, items);
  const lost = old.items.filter((_, index) => !used.has(index)).flatMap(commentsIn);
  if (isNode(items[0])) addBefore(items[0], lost);
  return made;
}

function mergeMap(merge: Merge, old: YAMLMap, value: JsonObject, path: readonly string[]): YAMLMap {
  const pairs = new Map(old.items.map((pair) => [keyOf(pair), pair]));
  const taken = new Set<string>();
  const named = orderOf(value, [...pairs.keys()]).map((key) => {
    const from = [key, ...(renames[key] ?? [])].find((name) => pairs.has(name) && !taken.has(name));
    if (from !== undefined) taken.add(from);
    return mergePair(merge, from === undefined ? undefined : pairs.get(from), key, value[key] ?? null, path);
  });
  const made = likeMap(old, named);
  const lost = [...pairs].filter(([key]) => !taken.has(key)).flatMap(([, pair]) => [...commentsIn(pair.key), ...commentsIn(pair.value)]);
  addBefore(made, lost);
  return made;
}

function mergePair(merge: Merge, old: Pair | undefined, key: string, value: JsonValue, path: readonly string[]): Pair {
  const name = keyNode(old, key);
  const now = mergeNode(merge, old?.value, value, [...path, key]);
  // A comment before a single value would take a line of its own between key and value.
  if (isScalar(now) && now.commentBefore) {
    addBefore(name, [now.commentBefore]);
    now.commentBefore = null;
  }
  return new Pair(name, now);
}

/** The old key, or one of another name with what stood around it. */
function keyNode(old: Pair | undefined, key: string): Scalar {
  if (!old || !isScalar(old.key)) return new Scalar(key);
  if (old.key.value === key) return old.key;
  const made = new Scalar(key);
  dressLike(made, old.key);
  return made;
}

/** Keys that were there come in their old order, new ones behind the one that they follow in the new value. */
function orderOf(value: JsonObject, before: readonly string[]): string[] {
  const wanted = Object.keys(value).filter((key) => value[key] !== undefined);
  const placeOf = (key: string): number => before.findIndex((name) => name === key || renames[key]?.includes(name));
  const kept = wanted.filter((key) => placeOf(key) >= 0).sort((a, b) => placeOf(a) - placeOf(b));
  wanted.forEach((key, index) => {
    if (!kept.includes(key)) kept.splice(index === 0 ? 0 : kept.indexOf(wanted[index - 1] ?? '') + 1, 0, key);
  });
  return kept;
}

/** A list in the style of the old one. */
function likeList(old: YAMLSeq, items: Node[]): YAMLSeq {
  const made = new YAMLSeq();
  dressLike(made, old);
  made.flow = old.flow === true && old.items.length > 0;
  made.items = items;
  return made;
}

/** A mapping in the style of the old one. */
function likeMap(old: YAMLMap, items: Pair[]): YAMLMap {
  const made = new YAMLMap();
  dressLike(made, old);
  made.flow = old.flow === true && old.items.length > 0;
  made.items = items;
  return made;
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}
