/** A stored path that a new one collides with, by the number that it was inserted under. */
export type StoredPath = number;

interface TrieNode {
  readonly children: Map<string, TrieNode>;
  /** Set when the node was made for the last token of a path; later paths that end here do not set it. */
  readonly end?: StoredPath;
  /** Below `{**}`: what follows the operator in each stored path, with a slash before every token. */
  readonly suffixes: Map<string, StoredPath>;
  readonly suffixLengths: Set<number>;
}

/** A new path while it is looked for: its tokens, and its text with the place where each token begins. */
interface Sought {
  readonly tokens: readonly string[];
  readonly text: string;
  readonly starts: readonly number[];
}

/**
 * The tree in which Kyma's controller looks for paths that collide, with its quirks: it refuses some paths that share no request, and takes
 * some that do, so that what it says here is what the cluster says. One tree holds the paths of one method.
 *
 * @see https://github.com/kyma-project/api-gateway/tree/main/internal/path
 */
export class PathTrie {
  private readonly root = nodeOf(undefined);

  /**
   * Stored paths that the controller takes for colliding with this one; empty when it accepts the path. Takes time in proportion to the
   * nodes that the path can follow.
   * @param limit how many are named at most
   */
  collisions(path: string, limit = 20): StoredPath[] {
    const sought = soughtOf(path);
    const found = new Set<StoredPath>();
    const stack: (readonly [TrieNode, number])[] = this.root.children.size > 0 ? [[this.root, 0]] : [];
    for (let step = stack.pop(); step && found.size < limit; step = stack.pop()) {
      const [node, at] = step;
      const token = sought.tokens[at];
      if (token === undefined) {
        if (node.end !== undefined) found.add(node.end);
        continue;
      }
      const many = node.children.get('{**}');
      const tail = many && suffixAt(many, sought, at);
      if (tail !== undefined) found.add(tail);
      for (const name of new Set([token, '{*}'])) {
        const child = node.children.get(name);
        if (child) stack.push([child, at + 1]);
      }
    }
    return [...found].sort((a, b) => a - b);
  }

  /** Stores a path under a number, whether or not it collides. */
  insert(path: string, stored: StoredPath): void {
    const { tokens, text, starts } = soughtOf(path);
    let node = this.root;
    for (const [index, token] of tokens.entries()) {
      let child = node.children.get(token);
      if (!child) {
        child = nodeOf(index === tokens.length - 1 ? stored : undefined);
        node.children.set(token, child);
      }
      if (token === '{**}') {
        const suffix = text.slice(starts[index + 1] ?? text.length);
        child.suffixLengths.add(suffix.length);
        if (!child.suffixes.has(suffix)) child.suffixes.set(suffix, stored);
      }
      node = child;
    }
  }
}

/** Path as the controller stores and prints it. */
export function comparedPath(path: string): string {
  return path === '/*' ? '/{**}' : path;
}

function nodeOf(end: StoredPath | undefined): TrieNode {
  return { children: new Map(), suffixes: new Map(), suffixLengths: new Set(), ...(end !== undefined && { end }) };
}

/** All slashes at the start count for nothing, every other one begins a token, which may be empty. */
function soughtOf(path: string): Sought {
  const tokens = comparedPath(path).replace(/^\/+/, '').split('/');
  const starts: number[] = [];
  let length = 0;
  for (const token of tokens) {
    starts.push(length);
    length += token.length + 1;
  }
  return { tokens, text: `/${tokens.join('/')}`, starts };
}

/** A stored path whose end after `{**}` is the end of the rest of the sought one. */
function suffixAt(node: TrieNode, { text, starts }: Sought, at: number): StoredPath | undefined {
  const rest = text.length - (starts[at] ?? 0);
  for (const length of node.suffixLengths) {
    // Stored ends begin with a slash, which no token holds: equal texts are equal tokens.
    const stored = length <= rest ? node.suffixes.get(text.slice(text.length - length)) : undefined;
    if (stored !== undefined) return stored;
  }
  return undefined;
}
