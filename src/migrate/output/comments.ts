import { isNode, visit, type Node } from 'yaml';

/** Every comment in and around a node, in the order of the text, without the sign before it. */
export function commentsIn(node: unknown): string[] {
  if (!isNode(node)) return [];
  const found: string[] = [];
  const trailing: string[] = [];
  visit(node, {
    Node(_key, { commentBefore, comment }) {
      if (commentBefore) found.push(commentBefore);
      if (comment) trailing.push(comment);
    },
  });
  return [...found, ...trailing];
}

/** Puts comments before those that stand before a node already. */
export function addBefore(node: Node, comments: readonly string[]): void {
  const all = [...comments, ...(node.commentBefore ? [node.commentBefore] : [])];
  if (all.length > 0) node.commentBefore = all.join('\n');
}

/** Takes over what stands around a node, and its style where both are collections. */
export function dressLike(node: Node, old: Node): void {
  if (old.commentBefore) node.commentBefore = old.commentBefore;
  if (old.comment) node.comment = old.comment;
  if (old.spaceBefore) node.spaceBefore = true;
}
