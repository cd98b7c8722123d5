import { isAlias, isMap, isNode, isScalar, isSeq, visit, type Node, type Scalar, type YAMLMap } from 'yaml';
import { textOf } from '../../model/json-fields';
import { parseYaml, type ParsedYaml } from '../../model/parse-yaml';
import type { DocumentRange } from '../../model/split-documents';
import { yamlToJson } from '../../model/yaml-to-json';
import { rewriteNode } from './rewrite-node';
import type { PlacedRewrite } from './rewrite';
import type { Splice } from './splice';

/** What replaces APIRules in one YAML document; nothing when one of them stands in no mapping of its own. */
export function rewriteYaml(
  text: string,
  { start, end, line }: DocumentRange,
  rewrites: readonly PlacedRewrite[],
): readonly Splice[] | undefined {
  const { document }: ParsedYaml = parseYaml({ file: '', text, start, end, line, column: 1 });
  const maps = new Map(mapsOf(document.contents, false).map((found) => [found.map.range?.[0], found]));
  const splices: Splice[] = [];
  for (const rewrite of rewrites) {
    const found = maps.get(rewrite.offset - start);
    const made = found && splicesFor(text, start, found, rewrite);
    if (!made) return undefined;
    splices.push(...made);
  }
  return [...splices, ...danglingAliases(document.contents, start, splices)];
}

interface Found {
  readonly map: YAMLMap;
  /** True within braces. */
  readonly inFlow: boolean;
}

/** The mapping of a document, or those of the items of a list. */
function mapsOf(node: unknown, inFlow: boolean): readonly Found[] {
  if (!isMap(node)) return [];
  const isFlow = inFlow || node.flow === true;
  const items = node.items.find(({ key }) => isScalar(key) && key.value === 'items')?.value;
  const inner = isSeq(items) ? items.items.flatMap((item) => mapsOf(item, isFlow || items.flow === true)) : [];
  return [{ map: node, inFlow: isFlow }, ...inner];
}

function splicesFor(text: string, base: number, { map, inFlow }: Found, rewrite: PlacedRewrite): readonly Splice[] | undefined {
  const { apiRule, origins, isClean } = rewrite;
  const change = { text, base, origins, inFlow };
  if (isClean) return [rewriteNode({ ...change, node: map, value: apiRule })];
  const [version, spec] = ['apiVersion', 'spec'].map(
    (key) => map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value,
  );
  if (!isNode(version) || !isNode(spec)) return undefined;
  return [
    versionSplice(base, version, textOf(apiRule['apiVersion'])),
    rewriteNode({ ...change, node: spec, value: apiRule['spec'] ?? null }),
  ];
}

function versionSplice(base: number, node: Node, value: string): Splice {
  const [start = 0, end = 0] = node.range ?? [];
  const quote = { QUOTE_DOUBLE: '"', QUOTE_SINGLE: "'" }[String((node as Scalar).type)] ?? '';
  return { start: base + start, end: base + end, text: `${quote}${value}${quote}` };
}

/** An alias whose anchor was in a replaced part says from now on what it stood for. */
function danglingAliases(contents: unknown, base: number, splices: readonly Splice[]): readonly Splice[] {
  const isReplaced = (node: Node): boolean => {
    const at = base + (node.range?.[0] ?? 0);
    return splices.some(({ start, end }) => at >= start && at < end);
  };
  const anchors = new Map<string, Node>();
  const made: Splice[] = [];
  if (!isNode(contents)) return [];
  visit(contents, (_key, node) => {
    if (isAlias(node)) {
      const source = anchors.get(node.source);
      if (!source || !isReplaced(source) || isReplaced(node)) return;
      const [start = 0, end = 0] = node.range ?? [];
      made.push({ start: base + start, end: base + end, text: JSON.stringify(yamlToJson(source as Parameters<typeof yamlToJson>[0])) });
    } else if (isNode(node) && 'anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node);
  });
  return made;
}
