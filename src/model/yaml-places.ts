import { isMap, isNode, isScalar, isSeq, type Document } from 'yaml';
import type { JsonPath } from './json';
import type { Position } from './manifest';
import { parseYamlAgain, type ParsedYaml } from './parse-yaml';
import type { Places, SourceSlice } from './source-slice';
import { secretLines } from './yaml-secret-lines';

/**
 * Places in a YAML document. It is parsed again when the first place is asked for: keeping it would take a hundred times its text. Places that
 * were asked for are kept.
 */
export function yamlPlaces(slice: SourceSlice): Places {
  const known = new Map<string, Position>();
  const find = (path: JsonPath): Position => {
    const parsed = parseYamlAgain(slice);
    return positionAt(slice, parsed, offsetOf(parsed.document, path));
  };
  return {
    locate: (path) => {
      const key = JSON.stringify(path);
      const position = known.get(key) ?? find(path);
      known.set(key, position);
      return position;
    },
    sourceLine: (line) => sourceLine(slice, line),
  };
}

/** Position in the file of an offset in the text of a document. */
export function positionAt({ line }: SourceSlice, { lines }: ParsedYaml, offset: number): Position {
  const { line: inside, col } = lines.linePos(offset);
  return { line: line - 1 + Math.max(1, inside), column: Math.max(1, col) };
}

/** Where a value begins; the nearest parent when the path leads to nothing of its own, such as a part of an alias. */
function offsetOf(document: Document.Parsed, path: JsonPath): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    node = memberOf(node, step);
    const start = startOf(node);
    if (start === undefined) break;
    offset = start;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function memberOf(node: unknown, step: string | number): unknown {
  if (isSeq(node)) return typeof step === 'number' ? node.items[step] : undefined;
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))?.value;
}

function sourceLine(slice: SourceSlice, line: number): string | undefined {
  const parsed = parseYamlAgain(slice);
  const { lineStarts } = parsed.lines;
  const inside = line - slice.line;
  const start = lineStarts[inside];
  const length = slice.end - slice.start;
  if (start === undefined || start >= length || secretLines(parsed).has(inside + 1)) return undefined;
  const end = lineStarts[inside + 1] ?? length;
  return slice.text.slice(slice.start + start, slice.start + end).replace(/\r?\n$/, '');
}
