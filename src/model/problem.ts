import type { Severity } from './check-result';
import { formatJsonPath, type JsonPath } from './json';

/** Something wrong with one object, found by a check that constructs throw on and `validate` reports. */
export interface Problem {
  /** Stable id of the check. */
  readonly id: string;
  /** Place in the manifest, from its root. */
  readonly path: JsonPath;
  /** What is and what should be, without the place. */
  readonly message: string;
  /** What to do about it, one imperative sentence. */
  readonly fix?: string;
  /** The words in which the API server or the controller would report it, attribute path included. */
  readonly says?: string;
  /** How bad it is. @default - as bad as the rule of this id says */
  readonly severity?: Severity;
}

/** Writes a problem the way errors of this project read: place, what is, what to do. */
export function formatProblem({ path, message, fix }: Problem): string {
  return `${formatJsonPath(path)}: ${message}${fix === undefined ? '' : `; ${fix}`}`;
}
