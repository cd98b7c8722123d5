type Labels = Readonly<Record<string, string>>;

/**
 * Finds the selectors that may fit labels, without a look at each of them: those whose first label fits, those without any label, and
 * those whose first label the Pods are not known to carry.
 */
export function selectorIndex<T>(items: readonly T[], selectorOf: (item: T) => Labels): (labels: Labels) => readonly T[] {
  const everywhere: T[] = [];
  const byKey = new Map<string, Map<string, T[]>>();
  for (const item of items) {
    const [first] = Object.entries(selectorOf(item));
    if (first) add(byKey, first, item);
    else everywhere.push(item);
  }
  return (labels) => [
    ...everywhere,
    ...[...byKey].flatMap(([key, byValue]) => {
      const value = labels[key];
      return value === undefined ? [...byValue.values()].flat() : (byValue.get(value) ?? []);
    }),
  ];
}

/** Finds the labels that a selector may fit: those that carry its first label, and those that are not known to carry it. */
export function labelIndex<T>(items: readonly T[], labelsOf: (item: T) => Labels): (selector: Labels) => readonly T[] {
  const byKey = new Map<string, Map<string, T[]>>();
  const without = new Map<string, readonly T[]>();
  for (const item of items) for (const label of Object.entries(labelsOf(item))) add(byKey, label, item);
  return (selector) => {
    const [first] = Object.entries(selector);
    if (!first) return items;
    const [key, value] = first;
    const lacking = without.get(key) ?? items.filter((item) => labelsOf(item)[key] === undefined);
    without.set(key, lacking);
    return [...(byKey.get(key)?.get(value) ?? []), ...lacking];
  };
}

function add<T>(byKey: Map<string, Map<string, T[]>>, [key, value]: readonly [string, string], item: T): void {
  const byValue = byKey.get(key) ?? new Map<string, T[]>();
  const list = byValue.get(value) ?? [];
  list.push(item);
  byValue.set(value, list);
  byKey.set(key, byValue);
}
