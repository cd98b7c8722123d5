/** What became of the path of an old rule. */
export interface PathTranslation {
  /** Paths of APIRule v2 that stand for it, specific before general; empty when there is none. */
  readonly paths: readonly string[];
  /** A path that the old rule took and none of the new ones takes; absent when nothing is lost, or when the expression was not read. */
  readonly dropped?: string;
  /**
   * A path with a bracket or a lone percent sign that the old rule took and none of the new ones takes. Operators take none of these, so
   * every path with an operator has one; it is not counted as dropped.
   */
  readonly odd?: string;
  /** A path that a new one takes and the old rule did not; only with the leave of the user. */
  readonly widened?: string;
  /** Why there is no path, or why something is dropped or widened, as a sentence. */
  readonly reason?: string;
  /** What would stand for it if widening were allowed. */
  readonly wider?: readonly string[];
  /** Without `paths`: what would stand for a part of it, for the user to choose. */
  readonly narrower?: readonly string[];
  /** True when no request can have a path that the old rule takes: leaving the rule out loses nothing. */
  readonly dead?: true;
}
