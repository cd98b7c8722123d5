import type { IstioObjects, Workload } from '../../model/istio';
import { meshNamespace } from '../../model/mesh';
import type { Selecting } from '../../model/select-workload';

/** Objects by namespace, then by the first label that they select by, then by its value. */
type Index<T> = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, readonly T[]>>>;

/**
 * Finds the objects that may select a workload without looking at all of them: a thousand workloads with three policies each would
 * else be three million looks. What it leaves out selects other Pods for sure.
 */
export function objectsNear(objects: IstioObjects): (workload: Workload) => IstioObjects {
  const authentications = indexOf(objects.requestAuthentications);
  const policies = indexOf(objects.authorizationPolicies);
  return (workload) => ({
    virtualServices: [],
    requestAuthentications: near(authentications, workload),
    authorizationPolicies: near(policies, workload),
  });
}

function indexOf<T extends Selecting>(all: readonly T[]): Index<T> {
  const index = new Map<string, Map<string, Map<string, T[]>>>();
  for (const one of all) {
    const [key = '', value = ''] = Object.entries(one.selector)[0] ?? [];
    const byKey = index.get(one.namespace) ?? new Map<string, Map<string, T[]>>();
    const byValue = byKey.get(key) ?? new Map<string, T[]>();
    const same = byValue.get(value) ?? [];
    same.push(one);
    index.set(one.namespace, byKey.set(key, byValue.set(value, same)));
  }
  return index;
}

function near<T>(index: Index<T>, { namespace, labels }: Workload): T[] {
  return [...new Set([namespace, meshNamespace])].flatMap((name) =>
    [...(index.get(name) ?? [])].flatMap(([key, byValue]) => {
      const own = labels[key];
      return own === undefined ? [...byValue.values()].flat() : [...(byValue.get(own) ?? [])];
    }),
  );
}
