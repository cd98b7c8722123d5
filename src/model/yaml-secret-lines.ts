import { isAlias, isMap, isNode, isScalar, isSeq, visit, type Node } from 'yaml';
import type { JsonPath } from './json';
import type { ParsedYaml } from './parse-yaml';
import { isSecretStep } from './secret-path';

const known = new WeakMap<ParsedYaml, ReadonlySet<number>>();

/** Lines of the text of a document, counted from 1, on which something stands that may be a secret. Found once for each parse. */
export function secretLines(parsed: ParsedYaml): ReadonlySet<number> {
  const found = known.get(parsed) ?? linesOf(parsed);
  known.set(parsed, found);
  return found;
}

function linesOf({ document, lines }: ParsedYaml): ReadonlySet<number> {
  const found = new Set<number>();
  const anchored = anchorsOf(document.contents);
  const pending = [...secretNodes(document.contents, [])];
  const seen = new Set<Node>();
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const [start, end] = node.range ?? [0, 0];
    const last = lines.linePos(Math.max(start, end - 1)).line;
    for (let { line } = lines.linePos(start); line <= last; line += 1) found.add(line);
    for (const name of aliasesIn(node)) for (const source of anchored.get(name) ?? []) pending.push(source);
  }
  return found;
}

/** Values of members that may hold a secret, as they stand there: an alias shows nothing, but what it stands for does. */
function* secretNodes(node: unknown, path: JsonPath, above?: string): Generator<Node> {
  if (isSeq(node)) for (const [index, item] of node.items.entries()) yield* secretNodes(item, [...path, index], above);
  if (!isMap(node)) return;
  const named = node.get('kind');
  const kind = typeof named === 'string' ? named : undefined;
  const within = kind ?? above;
  for (const { key, value } of node.items) {
    const below = [...path, isScalar(key) ? String(key.value) : ''];
    if (!isSecretStep(below, kind, within)) yield* secretNodes(value, below, within);
    else if (isNode(value)) yield value;
  }
}

function anchorsOf(contents: Node | null): ReadonlyMap<string, readonly Node[]> {
  const anchored = new Map<string, Node[]>();
  visit(contents, {
    Node(_key, node) {
      if (isAlias(node) || node.anchor === undefined) return;
      const same = anchored.get(node.anchor);
      if (same) same.push(node);
      else anchored.set(node.anchor, [node]);
    },
  });
  return anchored;
}

function aliasesIn(node: Node): ReadonlySet<string> {
  const names = new Set<string>();
  visit(node, { Alias: (_key, { source }) => void names.add(source) });
  return names;
}
