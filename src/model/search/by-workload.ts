import type { Workload } from '../istio';

/** Makes something once for each workload; most hosts share theirs with others. */
export function byWorkload<T>(make: (workload: Workload) => T): (workload: Workload) => T {
  const made = new Map<string, { readonly value: T }>();
  return (workload) => {
    const { namespace, labels, mixedLabels } = workload;
    const key = JSON.stringify([namespace, Object.entries(labels).sort(), mixedLabels]);
    const known = made.get(key) ?? { value: make(workload) };
    made.set(key, known);
    return known.value;
  };
}
