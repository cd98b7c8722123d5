import { isAlias, isMap, isNode, isScalar, isSeq, type Document } from 'yaml';
import type { JsonPath } from './json';
import type { Position } from './manifest';
import { parseYamlAgain, type ParsedYaml } from './parse-yaml';
import { isSecretStep } from './secret-path';
import type { Places, SourceSlice } from './source-slice';

/** Places in a YAML document. It is parsed again when the first place is asked for: keeping it would take a hundred times its text. */
export function yamlPlaces(slice: SourceSlice): Places {
  return {
    locate: (path) => {
      const parsed = parseYamlAgain(slice);
      return positionAt(slice, parsed, offsetOf(parsed.document, path));
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
  if (start === undefined || secretLines(parsed).has(inside + 1)) return undefined;
  const end = lineStarts[inside + 1] ?? slice.end - slice.start;
  return slice.text.slice(slice.start + start, slice.start + end).replace(/\r?\n$/, '');
}

const linesOf = new WeakMap<ParsedYaml, ReadonlySet<number>>();

/** Lines of a document, counted from 1, on which something stands that may be a secret. */
function secretLines(parsed: ParsedYaml): ReadonlySet<number> {
  const known = linesOf.get(parsed);
  if (known) return known;
  const lines = new Set<number>();
  for (const [start, end] of secretRanges(parsed.document, parsed.document.contents, [])) {
    const last = parsed.lines.linePos(Math.max(start, end - 1)).line;
    for (let { line } = parsed.lines.linePos(start); line <= last; line += 1) lines.add(line);
  }
  linesOf.set(parsed, lines);
  return lines;
}

function* secretRanges(document: Document.Parsed, node: unknown, path: JsonPath): Generator<readonly [number, number]> {
  if (isSeq(node)) for (const [index, item] of node.items.entries()) yield* secretRanges(document, item, [...path, index]);
  if (!isMap(node)) return;
  const kind = memberOf(node, 'kind');
  for (const { key, value } of node.items) {
    const below = [...path, isScalar(key) ? String(key.value) : ''];
    if (isSecretStep(below, isScalar(kind) ? String(kind.value) : undefined)) yield* rangesOf(document, value);
    else yield* secretRanges(document, value, below);
  }
}

/** An alias shows nothing; what it stands for does. */
function* rangesOf(document: Document.Parsed, node: unknown): Generator<readonly [number, number]> {
  const source = isAlias(node) ? node.resolve(document) : node;
  if (isNode(source) && source.range) yield [source.range[0], source.range[1]];
}
