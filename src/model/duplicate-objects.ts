import { checkResult, type CheckResult } from './check-result';
import type { Manifest } from './manifest';
import { objectRef, whereOf } from './read-manifests';

/** One `fail` result for each object that the input holds more than once, naming both places. Versions of one kind are one object. */
export function duplicateProblems(manifests: readonly Manifest[]): CheckResult[] {
  const seen = new Map<string, Manifest>();
  return manifests.flatMap((manifest) => {
    const key = `${groupOf(manifest)} ${objectRef(manifest)}`;
    const earlier = seen.get(key);
    if (!earlier) seen.set(key, manifest);
    return earlier ? [duplicate(earlier, manifest)] : [];
  });
}

/** Group of an object, without its version; empty for the core group. */
export function groupOf(manifest: Pick<Manifest, 'apiVersion'>): string {
  const slash = manifest.apiVersion.indexOf('/');
  return slash < 0 ? '' : manifest.apiVersion.slice(0, slash);
}

function duplicate(earlier: Manifest, later: Manifest): CheckResult {
  return checkResult({
    id: 'manifest-duplicate',
    status: 'fail',
    severity: 'high',
    title: 'Each object is in the input once',
    message: `${objectRef(later)} is in the input twice: ${placeOf(earlier)} and ${placeOf(later)}`,
    fix: 'Remove one of the two, or check one cluster at a time.',
    where: whereOf(later),
  });
}

function placeOf(manifest: Manifest): string {
  return `${manifest.file}:${manifest.locate([]).line}`;
}
