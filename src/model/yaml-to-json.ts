import { isAlias, isMap, isNode, isPair, isScalar, isSeq, type Alias, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';
import type { JsonObject, JsonValue } from './json';

/** Levels of nesting that a manifest may have; the API server stops near this, too. */
export const depthLimit = 200;

/** Values that aliases of one document may repeat; more is taken for an attack on memory. */
const repeatLimit = 10_000;

/** Why a parsed document has no form in JSON. */
export class NotJsonError extends Error {
  constructor(
    message: string,
    /** The node that is to blame. */
    readonly node: unknown,
    /** True when only the document as a whole can be blamed, because what is wrong comes from another part of it. */
    readonly ofDocument = false,
  ) {
    super(message);
  }
}

/**
 * Turns a parsed YAML document into plain JSON in time linear in the document: shared parts are copied, so a change of one never shows in
 * another; merge keys are resolved; keys become text as kubectl makes them.
 *
 * @throws {NotJsonError} when a key is there twice or is no text, an alias leads nowhere, into itself or to too many values, or values
 * are nested deeper than 200 levels or have no form in JSON
 */
export function yamlToJson(contents: ParsedNode | null): JsonValue {
  return new Conversion().valueOf(contents, 0);
}

/** A node with an anchor; its value is known when the node ends. */
interface Anchor {
  value?: JsonValue;
}

class Conversion {
  private readonly anchors = new Map<string, Anchor>();
  private repeated = 0;

  valueOf(node: unknown, depth: number): JsonValue {
    if (node === null || node === undefined) return null;
    if (isAlias(node)) return this.repeat(this.resolve(node), depth, node);
    if (depth > depthLimit) throw new NotJsonError(`values are nested deeper than ${depthLimit} levels`, node, true);
    const anchor: Anchor = {};
    if (isNode(node) && node.anchor !== undefined) this.anchors.set(node.anchor, anchor);
    return (anchor.value = this.plainValueOf(node, depth));
  }

  private plainValueOf(node: unknown, depth: number): JsonValue {
    if (isMap(node)) return this.objectOf(node, depth);
    if (isSeq(node)) return node.items.map((item) => this.valueOf(item, depth + 1));
    if (isPair(node)) return { [this.keyOf(node.key)]: this.valueOf(node.value, depth + 1) };
    if (isScalar(node)) return scalarOf(node);
    throw new NotJsonError('a value has no form in JSON', node);
  }

  private objectOf(map: YAMLMap, depth: number): JsonObject {
    const object: JsonObject = {};
    const own = new Set<string>();
    for (const { key, value } of map.items) {
      if (isMergeKey(key)) {
        this.merge(object, value, depth);
        continue;
      }
      const name = this.keyOf(key);
      if (own.has(name)) throw new NotJsonError(`Map keys must be unique; ${JSON.stringify(name)} is here for the second time`, key);
      own.add(name);
      define(object, name, this.valueOf(value, depth + 1));
    }
    return object;
  }

  private keyOf(key: unknown): string {
    const value = isAlias(key) ? this.resolve(key) : this.valueOf(key, 0);
    if (typeof value === 'object') throw new NotJsonError(`a key is ${formOf(value)}, a text is expected`, key);
    return String(value);
  }

  /** What the object has already stays; of several sources the first one counts. */
  private merge(object: JsonObject, source: unknown, depth: number): void {
    const merged = this.valueOf(source, depth);
    for (const from of Array.isArray(merged) ? merged : [merged]) {
      if (typeof from !== 'object' || from === null || Array.isArray(from)) {
        throw new NotJsonError(`<< merges ${formOf(from)}, an alias of a mapping is expected`, source);
      }
      for (const [key, value] of Object.entries(from)) if (!Object.hasOwn(object, key)) define(object, key, value ?? null);
    }
  }

  private resolve(alias: Alias): JsonValue {
    const anchor = this.anchors.get(alias.source);
    if (!anchor)
      throw new NotJsonError(
        'an alias names no anchor that stands before it; a value that begins with * is written in quotes',
        alias,
        true,
      );
    if (anchor.value === undefined) throw new NotJsonError('an anchor contains itself', alias, true);
    return anchor.value;
  }

  private repeat(value: JsonValue, depth: number, alias: Alias): JsonValue {
    this.repeated += 1;
    if (this.repeated > repeatLimit) {
      throw new NotJsonError(`aliases repeat more than ${repeatLimit} values, which looks like resource exhaustion`, alias, true);
    }
    if (depth > depthLimit) throw new NotJsonError(`values are nested deeper than ${depthLimit} levels`, alias, true);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.repeat(item, depth + 1, alias));
    const copy: JsonObject = {};
    for (const [key, item] of Object.entries(value)) define(copy, key, this.repeat(item ?? null, depth + 1, alias));
    return copy;
  }
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && (typeof key.value === 'symbol' || (key.value === '<<' && (key.type ?? 'PLAIN') === 'PLAIN'));
}

function scalarOf(scalar: Scalar): JsonValue {
  const { value, source } = scalar;
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new NotJsonError(`${source ?? String(value)} is a number that JSON has no form for`, scalar);
  }
  // Dates and binary data of YAML 1.1 are texts in a manifest.
  if (source !== undefined) return source;
  throw new NotJsonError('a value has no form in JSON', scalar);
}

function formOf(value: JsonValue): string {
  if (value === null) return 'empty';
  return Array.isArray(value) ? 'a sequence' : typeof value === 'object' ? 'a mapping' : 'a single value';
}

/** A member of its own, also when its name is __proto__. */
function define(object: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}
