import type { Workload } from '../istio';
import { meshNamespace } from '../mesh';
import { selects, type Selecting } from '../select-workload';
import { variantsOf } from '../service-workload';

/** Finds the objects that may apply to a workload without looking at all of them. */
export interface SelectionIndex<T extends Selecting> {
  /** Objects that select the Pods of the workload, or of which that cannot be told. */
  readonly near: (workload: Workload) => readonly T[];
}

/** Objects of one namespace: by the first label of their selector, key and value; those without a selector apart. */
interface Shelf<T> {
  readonly byLabel: Map<string, Map<string, T[]>>;
  readonly all: T[];
}

/** @param madeOfApiRule tells objects that the controller made from hand-made ones */
export function indexSelections<T extends Selecting>(objects: readonly T[], madeOfApiRule: (object: T) => boolean): SelectionIndex<T> {
  const shelves = new Map<string, Shelf<T>>();
  for (const object of objects) shelve(shelfFor(shelves, object.namespace), object);
  const nearOne = (workload: Workload): readonly T[] => {
    const namespaces = new Set([workload.namespace, meshNamespace]);
    const candidates = [...namespaces].flatMap((namespace) => candidatesOn(shelves.get(namespace), workload));
    return candidates.filter((object) => selects(object, workload, madeOfApiRule(object)) !== false);
  };
  const near = (workload: Workload): readonly T[] => [...new Set(variantsOf(workload).flatMap(nearOne))];
  return { near };
}

function shelfFor<T>(shelves: Map<string, Shelf<T>>, namespace: string): Shelf<T> {
  const shelf = shelves.get(namespace) ?? { byLabel: new Map<string, Map<string, T[]>>(), all: [] };
  shelves.set(namespace, shelf);
  return shelf;
}

function shelve<T extends Selecting>({ byLabel, all }: Shelf<T>, object: T): void {
  const [first] = Object.entries(object.selector).sort();
  if (!first) return void all.push(object);
  const [key, value] = first;
  const byValue = byLabel.get(key) ?? new Map<string, T[]>();
  byLabel.set(key, byValue);
  const list = byValue.get(value);
  if (list) list.push(object);
  else byValue.set(value, [object]);
}

/** A label with another value excludes an object; a label that the Pods are not known to carry may leave it open. */
function candidatesOn<T>(shelf: Shelf<T> | undefined, { labels }: Workload): T[] {
  if (!shelf) return [];
  const labelled = [...shelf.byLabel].flatMap(([key, byValue]) => {
    const value = labels[key];
    return value === undefined ? [...byValue.values()].flat() : (byValue.get(value) ?? []);
  });
  return [...labelled, ...shelf.all];
}
