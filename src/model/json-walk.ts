import type { JsonPath } from './json';
import type { Position } from './manifest';
import { elementsOf, membersOf, type JsonRange } from './scan-json';
import { positionIn, type SourceSlice } from './source-slice';

/** Parts of a container as far as they were walked over, and those that are still to come. */
interface Opened {
  readonly parts: Map<string | number, JsonRange>;
  readonly rest: Iterator<readonly [string | number, JsonRange]>;
}

/** The document that was walked last: results speak of one document many times in a row. */
let recent: JsonWalk | undefined;

/** The walk through a document, with what it saw before if it was the last one. */
export function walkAgain(slice: SourceSlice): JsonWalk {
  if (recent?.slice !== slice) recent = new JsonWalk(slice);
  return recent;
}

/** Finds places in the text of a document. No part of it is walked over twice, so that asking for all of them takes one pass. */
class JsonWalk {
  private readonly opened = new Map<number, Opened>();
  private last: { readonly offset: number; readonly position: Position };

  constructor(readonly slice: SourceSlice) {
    const { start: offset, line, column } = slice;
    this.last = { offset, position: { line, column } };
  }

  /** Position of a value; of the nearest parent if the path is not in the document. */
  locate(path: JsonPath): Position {
    const offset = this.offsetOf(path);
    const { start, line, column, text } = this.slice;
    const from = offset < this.last.offset ? { start, line, column } : { start: this.last.offset, ...this.last.position };
    this.last = { offset, position: positionIn({ text, ...from }, offset) };
    return this.last.position;
  }

  private offsetOf(path: JsonPath): number {
    const { start, end } = this.slice;
    let range: JsonRange | undefined = { start, end };
    let offset = start;
    for (const step of path) {
      range = this.partOf(range, step);
      if (!range) break;
      offset = range.start;
    }
    return offset;
  }

  private partOf(range: JsonRange, step: string | number): JsonRange | undefined {
    const opened = this.opened.get(range.start) ?? { parts: new Map<string | number, JsonRange>(), rest: partsOf(this.slice.text, range) };
    this.opened.set(range.start, opened);
    const { parts, rest } = opened;
    const name = this.slice.text.charAt(range.start) === '{' ? String(step) : step;
    for (let found = parts.get(name); ; found = parts.get(name)) {
      if (found) return found;
      const next = rest.next();
      if (next.done === true) return undefined;
      const [key, part] = next.value;
      if (!parts.has(key)) parts.set(key, part);
    }
  }
}

/** Members of an object by name, elements of a list by number. */
function* partsOf(text: string, range: JsonRange): Generator<readonly [string | number, JsonRange]> {
  const first = text.charAt(range.start);
  if (first === '{') for (const { key, value } of membersOf(text, range)) yield [key, value];
  let index = 0;
  if (first === '[') for (const element of elementsOf(text, range)) yield [index++, element];
}
