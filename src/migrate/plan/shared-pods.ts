import type { ServiceFacts } from '../../model/read-services';
import type { ServiceIndex } from '../../model/service-workload';

type Labels = Readonly<Record<string, string>>;

/**
 * Services (`namespace/name`) in groups: two that select a Pod in common are in the same one, and so are two that one APIRule leads to.
 * Building it takes time in proportion to the Services that share a label.
 */
export class SharedPods {
  private readonly parents = new Map<string, string>();

  constructor(services: ServiceIndex) {
    const byLabel = new Map<string, ServiceFacts[]>();
    for (const facts of services.values()) push(byLabel, rarestKey(facts, services), facts);
    for (const facts of services.values())
      for (const labels of labelSetsOf(facts))
        for (const other of candidates(byLabel, facts.namespace, labels))
          if (carries(labels, other.selector)) this.join([nameOf(facts), nameOf(other)]);
  }

  /** Puts Services, and all that share Pods with them, into one group. */
  join(services: readonly string[]): void {
    const [first, ...others] = services;
    if (first === undefined) return;
    for (const other of others) {
      const [a, b] = [this.groupOf(first), this.groupOf(other)];
      // The smaller name leads, so that the group is called the same in whatever order Services come.
      if (a !== b) this.parents.set(a < b ? b : a, a < b ? a : b);
    }
  }

  /** Name of the group of a Service; a Service that nothing is known of is one by itself. */
  groupOf(service: string): string {
    let root = service;
    for (let next = this.parents.get(root); next !== undefined; next = this.parents.get(root)) root = next;
    for (let at = service; at !== root;) {
      const next = this.parents.get(at) ?? root;
      this.parents.set(at, root);
      at = next;
    }
    return root;
  }
}

/** The label sets that Pods of a Service are known to carry. */
function labelSetsOf({ podLabels, selector, variants }: ServiceFacts): readonly Labels[] {
  return [selector, podLabels, ...(variants ?? [])];
}

const counts = new WeakMap<ServiceIndex, Map<string, number>>();

/** The label of a selector that the fewest Services ask for. */
function rarestKey(facts: ServiceFacts, services: ServiceIndex): string {
  const known = counts.get(services) ?? countLabels(services);
  counts.set(services, known);
  const keys = keysOf(facts.namespace, facts.selector);
  return keys.reduce((best, key) => ((known.get(key) ?? 0) < (known.get(best) ?? 0) ? key : best), keys[0] ?? '');
}

function countLabels(services: ServiceIndex): Map<string, number> {
  const found = new Map<string, number>();
  for (const { namespace, selector } of services.values())
    for (const key of keysOf(namespace, selector)) found.set(key, (found.get(key) ?? 0) + 1);
  return found;
}

function candidates(byLabel: ReadonlyMap<string, readonly ServiceFacts[]>, namespace: string, labels: Labels): readonly ServiceFacts[] {
  return keysOf(namespace, labels).flatMap((key) => byLabel.get(key) ?? []);
}

function keysOf(namespace: string, labels: Labels): string[] {
  return Object.entries(labels).map(([key, value]) => JSON.stringify([namespace, key, value]));
}

function carries(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function nameOf({ namespace, name }: ServiceFacts): string {
  return `${namespace}/${name}`;
}

function push(lists: Map<string, ServiceFacts[]>, key: string, item: ServiceFacts): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
