import type { Workload } from '../istio';
import { selects, type Selecting } from '../select-workload';

/** Finds the objects that may apply to a workload without looking at all of them. */
export interface SelectionIndex<T extends Selecting> {
  /** Objects that select the Pods of the workload, or of which that cannot be told. */
  readonly near: (workload: Workload) => readonly T[];
}

/** @param madeOfApiRule tells objects that the controller made from hand-made ones */
export function indexSelections<T extends Selecting>(objects: readonly T[], madeOfApiRule: (object: T) => boolean): SelectionIndex<T> {
  const byLabel = new Map<string, T[]>();
  const everywhere: T[] = [];
  for (const object of objects) {
    const [first] = Object.entries(object.selector).sort();
    // What the controller made applies only to Pods that carry every label; of a hand-made object that may be unknown.
    if (!first || !madeOfApiRule(object)) everywhere.push(object);
    else push(byLabel, labelKey(object.namespace, first), object);
  }
  const near = (workload: Workload): readonly T[] => {
    const labelled = Object.entries(workload.labels).flatMap((label) => byLabel.get(labelKey(workload.namespace, label)) ?? []);
    return [...labelled, ...everywhere].filter((object) => selects(object, workload, madeOfApiRule(object)) !== false);
  };
  return { near };
}

function labelKey(namespace: string, [key, value]: readonly [string, string]): string {
  return JSON.stringify([namespace, key, value]);
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
