import type { Workload } from '../../model/istio';
import type { Manifest } from '../../model/manifest';
import { meshNamespace } from '../../model/mesh';
import { namespaceOf } from '../../model/object-ref';
import { selects, type Selecting } from '../../model/select-workload';
import { groupBy } from '../../model/group-by';
import { isIstioObject, ownerOf } from '../live/owner';
import type { LiveInput } from './finding';

/** A workload that routes of APIRules lead to. */
export interface Reached {
  readonly name: string;
  readonly workload: Workload;
}

/** An object that no APIRule made, with the workloads that it applies to. */
export interface Foreign<T> {
  readonly object: T;
  readonly manifest: Manifest;
  readonly surely: readonly Reached[];
  /** Workloads of which the input does not tell whether their Pods are selected. */
  readonly perhaps: readonly Reached[];
}

/** Objects of one kind that no APIRule made and that apply to a workload behind an APIRule. */
export function foreignObjects<T extends Selecting>({ manifests, objects }: LiveInput, kind: string, all: readonly T[]): Foreign<T>[] {
  const reached = new Map<string, Reached>();
  for (const { http } of objects.virtualServices) {
    for (const { origin, destination } of http) {
      const name = `${destination.namespace}/${destination.service}`;
      if (origin) reached.set(name, { name, workload: destination.workload });
    }
  }
  const byNamespace = groupBy([...reached.values()], ({ workload }) => workload.namespace);
  const byPlace = new Map(
    manifests
      .filter((manifest) => manifest.kind === kind && isIstioObject(manifest))
      .map((manifest) => [`${namespaceOf(manifest)}/${manifest.name}`, manifest]),
  );
  return all.flatMap((object) => {
    const manifest = byPlace.get(`${object.namespace}/${object.name}`);
    if (!manifest || ownerOf(manifest) !== undefined) return [];
    const near = object.namespace === meshNamespace ? [...reached.values()] : (byNamespace.get(object.namespace) ?? []);
    const judged = near.map((one) => ({ one, verdict: selects(object, one.workload, false) }));
    const surely = judged.filter(({ verdict }) => verdict === true).map(({ one }) => one);
    const perhaps = judged.filter(({ verdict }) => typeof verdict === 'object').map(({ one }) => one);
    return surely.length + perhaps.length > 0 ? [{ object, manifest, surely, perhaps }] : [];
  });
}

/** Names of workloads for a message, the first few. */
export function namesOf(reached: readonly Reached[]): string {
  const names = reached.map(({ name }) => name);
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
