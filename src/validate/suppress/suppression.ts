/** A wish that findings of one rule do not count, from an annotation or a configuration. */
export interface Suppression {
  /** Id of the rule. */
  readonly rule: string;
  /** `Kind namespace/name`; absent means every object. */
  readonly object?: string;
  /** Place in the object, such as `spec.rules[0]`, and all below it; absent means the whole object. */
  readonly path?: string;
  /** Last day on which it counts, `YYYY-MM-DD`. */
  readonly until?: string;
  readonly reason: string;
}

/** True when a place is the one that is named, or below it. */
export function isAtOrBelow(place: string | undefined, named: string | undefined): boolean {
  if (named === undefined || place === named) return true;
  return place !== undefined && place.startsWith(named) && ['.', '['].includes(place.charAt(named.length));
}
