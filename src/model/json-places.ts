import type { JsonPath } from './json';
import { elementsOf, membersOf, type JsonRange } from './scan-json';
import { isSecretStep } from './secret-path';
import { walkAgain } from './json-walk';
import type { Places, SourceSlice } from './source-slice';

/** Characters before and behind an object that its line may hold and still be its own. */
const nearby = 400;

/** Places in an object of a JSON text, found by walking through it. */
export function jsonPlaces(slice: SourceSlice): Places {
  return { locate: (path) => walkAgain(slice).locate(path), sourceLine: (line) => sourceLine(slice, line) };
}

function sourceLine(slice: SourceSlice, line: number): string | undefined {
  const own = ownLine(slice, line);
  if (!own) return undefined;
  for (const secret of secretsOf(slice.text, slice, [])) if (secret.start < own.end && secret.end > own.start) return undefined;
  return slice.text.slice(own.start, own.end).replace(/\r$/, '');
}

/** A line on which nothing else stands than this object, and what separates it from others. */
function ownLine(slice: SourceSlice, line: number): JsonRange | undefined {
  const { text, end } = slice;
  const begin = lineStart(slice, line);
  if (begin === undefined) return undefined;
  const newline = text.slice(begin, end).indexOf('\n');
  if (newline >= 0) return { start: begin, end: begin + newline };
  const rest = /^[ \t\r,\]}]*/.exec(text.slice(end, end + nearby))?.[0] ?? '';
  const stop = end + rest.length;
  return stop === text.length || text.charAt(stop) === '\n' ? { start: begin, end: stop } : undefined;
}

function lineStart({ text, start, end, line: first }: SourceSlice, line: number): number | undefined {
  if (line < first) return undefined;
  if (line === first) {
    const indentation = /[ \t\uFEFF]*$/.exec(text.slice(Math.max(0, start - nearby), start))?.[0] ?? '';
    const at = start - indentation.length;
    return at === 0 || text.charAt(at - 1) === '\n' ? at : undefined;
  }
  const own = text.slice(start, end);
  let at = 0;
  for (let number = first; number < line; number += 1) {
    at = own.indexOf('\n', at) + 1;
    if (at === 0) return undefined;
  }
  return start + at;
}

function* secretsOf(text: string, range: JsonRange, path: JsonPath, above?: string): Generator<JsonRange> {
  const first = text.charAt(range.start);
  let index = 0;
  if (first === '[') {
    for (const element of elementsOf(text, range)) {
      yield* secretsOf(text, element, [...path, index], above);
      index += 1;
    }
  }
  if (first !== '{') return;
  const members = [...membersOf(text, range)];
  const kind = members.find(({ key }) => key === 'kind')?.value;
  const kindText = kind && text.slice(kind.start + 1, kind.end - 1);
  for (const { key, value } of members) {
    const below = [...path, key];
    if (isSecretStep(below, kindText, kindText ?? above)) yield value;
    else yield* secretsOf(text, value, below, kindText ?? above);
  }
}
