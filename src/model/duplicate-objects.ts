import type { ClusterProblem } from './cluster-problem';
import { objectAt, textOf } from './json-fields';
import type { Manifest } from './manifest';
import { objectRef } from './object-ref';

/** One problem for each object that the input holds more than once, naming both places. Versions of one kind are one object. */
export function duplicateProblems(manifests: readonly Manifest[]): ClusterProblem[] {
  const seen = new Map<string, Manifest>();
  return manifests.filter(isNamed).flatMap((manifest) => {
    const key = `${groupOf(manifest)} ${objectRef(manifest)}`;
    const earlier = seen.get(key);
    if (!earlier) seen.set(key, manifest);
    return earlier ? [duplicate(earlier, manifest)] : [];
  });
}

/** False for an object that gets its name from the API server: each one another. */
function isNamed({ body }: Manifest): boolean {
  return textOf(objectAt(body, 'metadata')['name']) !== '';
}

/** Group of an object, without its version; empty for the core group. */
export function groupOf(manifest: Pick<Manifest, 'apiVersion'>): string {
  const slash = manifest.apiVersion.indexOf('/');
  return slash < 0 ? '' : manifest.apiVersion.slice(0, slash);
}

function duplicate(earlier: Manifest, later: Manifest): ClusterProblem {
  return {
    id: 'manifest-duplicate',
    manifest: later,
    path: [],
    message: `${objectRef(later)} is in the input twice: ${placeOf(earlier)} and ${placeOf(later)}`,
    fix: 'Remove one of the two, or check one cluster at a time.',
  };
}

function placeOf(manifest: Manifest): string {
  return `${manifest.file}:${manifest.locate([]).line}`;
}
