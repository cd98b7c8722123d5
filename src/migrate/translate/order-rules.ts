import { coversPath } from '../../model/controller/path-cover';
import type { Candidate } from './candidate';

/** Rules with special paths before general ones; those that do not bear on each other stay in their order. */
export function orderRules(rules: readonly Candidate[]): Candidate[] {
  const ordered: Candidate[] = [];
  let left = [...rules];
  while (left.length > 0) {
    const at = left.findIndex((rule, index) => !left.some((other, otherIndex) => otherIndex !== index && isStrictlyWithin(other, rule)));
    const next = left[Math.max(at, 0)];
    if (!next) break;
    ordered.push(next);
    left = left.filter((rule) => rule !== next);
  }
  return ordered;
}

function isStrictlyWithin(special: Candidate, general: Candidate): boolean {
  return coversPath(general.path, special.path) && !coversPath(special.path, general.path);
}
