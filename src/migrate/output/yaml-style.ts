import { isCollection, isMap, isNode, isSeq, type Pair } from 'yaml';

/** Settings of the printer. */
interface Style {
  readonly indent: number;
  /** Whether the dashes of a list stand further in than the key of the list. */
  readonly indentSeq: boolean;
  readonly flowCollectionPadding: boolean;
}

/**
 * Indentation and padding as an old text has them.
 * @param text What the ranges of the node count in.
 */
export function styleOf(node: unknown, text: string): Style {
  const steps = pairsIn(node).flatMap((pair) => stepOf(pair, text));
  const maps = steps.filter(({ isList }) => !isList);
  const lists = steps.filter(({ isList }) => isList);
  const indent = maps[0]?.step ?? lists.find(({ step }) => step > 0)?.step ?? 2;
  return {
    indent: Math.min(8, Math.max(2, indent)),
    indentSeq: lists[0] === undefined || lists[0].step > 0,
    flowCollectionPadding: !/[[{][^\s\]}]/.test(text),
  };
}

/** Pairs of block mappings, at every depth. */
function pairsIn(node: unknown): readonly Pair[] {
  if (isMap(node) && node.flow !== true) return node.items.flatMap((pair) => [pair, ...pairsIn(pair.value)]);
  return isSeq(node) && node.flow !== true ? node.items.flatMap(pairsIn) : [];
}

/** How far a block value stands from the column of its key. */
function stepOf({ key, value }: Pair, text: string): readonly { readonly step: number; readonly isList: boolean }[] {
  if (!isNode(key) || !isCollection(value) || value.flow === true) return [];
  return [{ step: columnOf(text, value.range?.[0] ?? 0) - columnOf(text, key.range?.[0] ?? 0), isList: isSeq(value) }];
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}
