import type { JsonObject, JsonPath } from '../model/json';
import type { OldApiRule } from './old-api-rule';

/**
 * What a note tells the reviewer. `manual`: work that the tool cannot do, until then the migration is not done. `stricter`: admitted before,
 * refused now. `lost`: a feature without counterpart. `open`: open before and still. `changed`: something else that clients may see.
 */
export type NoteEffect = 'manual' | 'stricter' | 'lost' | 'open' | 'changed';

/** One thing a reviewer must know about a migrated APIRule. */
export interface Note {
  /** Stable kebab-case id that begins with `migrate-`. */
  readonly id: string;
  readonly effect: NoteEffect;
  /** What is, what was, and what follows from it; no place, no name of the APIRule. */
  readonly message: string;
  /** What to do. Always there for `manual`. */
  readonly fix?: string;
  /** Index of the old rule it speaks of; absent when it is about the whole APIRule. */
  readonly rule?: number;
  /** Place in the old manifest. */
  readonly place: JsonPath;
}

/** An old APIRule beside what takes its place. */
export interface Translation {
  readonly old: OldApiRule;
  /** The whole APIRule v2. Absent when nothing safe could be written; a note of effect `manual` says why. */
  readonly apiRule?: JsonObject;
  /** For each new rule, in order, the index of the old rule that it comes from. */
  readonly origins: readonly number[];
  readonly notes: readonly Note[];
}
