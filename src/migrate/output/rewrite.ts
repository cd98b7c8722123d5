import type { JsonObject } from '../../model/json';
import type { Manifest } from '../../model/manifest';

/** An APIRule of a text and what takes its place. */
export interface Rewrite {
  readonly manifest: Manifest;
  /** The whole APIRule v2. */
  readonly apiRule: JsonObject;
  /** For each new rule, the index of the old rule that it comes from. */
  readonly origins: readonly number[];
}

/** A rewrite with its place in the text. */
export interface PlacedRewrite extends Rewrite {
  /** Where the object begins. */
  readonly offset: number;
  /** True when the whole object is written anew, because it carries what belongs to a cluster. */
  readonly isClean: boolean;
}
