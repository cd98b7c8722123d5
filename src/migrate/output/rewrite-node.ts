import { Document, isCollection, isNode, isPair, type Node } from 'yaml';
import type { JsonValue } from '../../model/json';
import { parseYaml } from '../../model/parse-yaml';
import { printDocument } from '../../model/print-manifests';
import { commentsIn } from './comments';
import { mergeNode } from './merge-nodes';
import { keptTexts } from './kept-texts';
import type { Splice } from './splice';
import { styleOf } from './yaml-style';

/** A value of a YAML text that is written anew. */
export interface NodeChange {
  readonly text: string;
  /** Where the document of the node begins in the text; ranges of nodes count from there. */
  readonly base: number;
  readonly node: Node;
  readonly value: JsonValue;
  /** For each new rule, the index of the old rule that it comes from. */
  readonly origins: readonly number[];
  /** Steps from `spec`, for lists of rules. @default [] */
  readonly path?: readonly string[];
  /** True within braces, where the whole value stands on one line. */
  readonly inFlow: boolean;
}

/** Writes a value in the place of a node: what surrounds it stays, and so does every comment within it. */
export function rewriteNode(change: NodeChange): Splice {
  const { text, base, node, inFlow } = change;
  const start = base + startOf(node);
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const isBlock = isCollection(node) && node.flow !== true && !inFlow;
  if (!isBlock) return { start, end: base + contentEnd(node), text: flowText(change) };
  const end = lineEnd(text, base + contentEnd(node));
  return { start, end, text: blockText(change, text.slice(start, end), column).join(newlineNear(text, start)) };
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** Behind the last character of a value, without the comments and blank lines that follow it. */
export function contentEnd(node: unknown): number {
  if (isPair(node)) return Math.max(contentEnd(node.key), contentEnd(node.value));
  if (!isNode(node)) return 0;
  if (isCollection(node) && node.flow !== true) return Math.max(startOf(node), ...node.items.slice(-1).map(contentEnd));
  return node.range?.[1] ?? 0;
}

/** The end of the line, with a comment that stands on it; a block scalar ends with its line already. */
function lineEnd(text: string, at: number): number {
  let end = at;
  while (text.charAt(end - 1) === '\n' || text.charAt(end - 1) === '\r') end -= 1;
  if (end < at) return end;
  const newline = text.indexOf('\n', at);
  const stop = newline < 0 ? text.length : newline;
  return text.charAt(stop - 1) === '\r' ? stop - 1 : stop;
}

function blockText({ value, origins, path = [] }: NodeChange, source: string, column: number): string[] {
  const padded = `${' '.repeat(column)}${source}`.replaceAll('\r\n', '\n');
  const { document } = parseYaml({ file: '', text: padded, start: 0, end: padded.length, line: 1, column: 1 });
  const page = new Document(undefined, { version: '1.2' });
  const texts = keptTexts(padded);
  page.contents = mergeNode({ document: page, origins, keep: texts.keep }, document.contents, value, path);
  const printed = texts.putBack(printDocument(page, { lineWidth: 0, ...styleOf(document.contents, padded) }));
  const lines = printed.replace(/\n+$/, '').split('\n');
  return lines.map((line, index) => (index === 0 || line === '' ? line : ' '.repeat(column) + line));
}

/** How the line before ends, or this one when it is the first. */
function newlineNear(text: string, at: number): string {
  const before = text.lastIndexOf('\n', at - 1);
  const end = before < 0 ? text.indexOf('\n', at) : before;
  return text.charAt(end - 1) === '\r' ? '\r\n' : '\n';
}

/** Within braces and brackets, and where a single value stood: one line of JSON, which is YAML too. */
function flowText({ text, base, node, value }: NodeChange): string {
  const json = JSON.stringify(value);
  const comments = commentsIn(node).flatMap((comment) => comment.split(/\r?\n/));
  if (comments.length === 0 || !/^[{[]/.test(json)) return json;
  const start = base + startOf(node);
  const pad = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1) + 2);
  return [json.charAt(0), ...comments.map((comment) => `${pad}#${comment}`), `${pad}${json.slice(1)}`].join(newlineNear(text, start));
}
