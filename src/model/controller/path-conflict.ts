import { attributeFailure } from './controller-words';
import { comparedPath, PathTrie } from './path-trie';

/** A path with its methods: what of a rule counts for conflicts. */
export interface PathRule {
  readonly path: string;
  readonly methods: readonly string[];
}

/** One rule that the controller takes for colliding with earlier ones, for one method. */
export interface PathConflict {
  /** Index of the later rule. */
  readonly rule: number;
  readonly method: string;
  /** Which listing of the method it is: the index in `methods`. */
  readonly position: number;
  /** Indexes of the rules that it collides with; that of the rule itself when it lists the method twice. */
  readonly earlier: readonly number[];
  /** True for the conflict that ends the controller's own search in this method; of several methods it reports one, any one. */
  readonly first: boolean;
  /** The words of the controller. */
  readonly says: string;
}

/**
 * Every conflict of paths that Kyma's controller can see, in the order of the rules. It refuses an APIRule that has one, although not each of
 * them is one for a request.
 */
export function pathConflicts(rules: readonly PathRule[]): PathConflict[] {
  const tries = new Map<string, { readonly trie: PathTrie; conflicted: boolean }>();
  return rules.flatMap(({ path, methods }, rule) =>
    (methods.length === 0 ? ['NO_METHODS'] : methods).flatMap((method, position) => {
      const known = tries.get(method) ?? { trie: new PathTrie(), conflicted: false };
      tries.set(method, known);
      const earlier = known.trie.collisions(path);
      known.trie.insert(path, rule);
      if (earlier.length === 0) return [];
      const first = !known.conflicted;
      known.conflicted = true;
      return [{ rule, method, position, earlier, first, says: conflictWords(path, method) }];
    }),
  );
}

/** True when the controller takes paths of one method in this order. */
export function acceptsOrder(paths: readonly string[]): boolean {
  return pathConflicts(paths.map((path) => ({ path, methods: ['GET'] }))).length === 0;
}

function conflictWords(path: string, method: string): string {
  const message = `Path ${comparedPath(path)} with method ${method} conflicts with at least one of the previous rule paths`;
  return attributeFailure('.spec.rules', message);
}
