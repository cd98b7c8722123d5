/**
 * The manifests of each cluster: one input of `validate` is one cluster, and two environments hold the same objects.
 * @param clusters names of folders directly below the folder that all manifests share; what is in none of them stays together
 */
export function clustersOf(manifests: readonly string[], clusters: readonly string[]): string[][] {
  const steps = manifests.map((file) => file.split(/[\\/]/));
  const [first = []] = steps;
  const shared = first.findIndex((step, index) => index === first.length - 1 || steps.some((other) => other[index] !== step));
  const groups = new Map<string, string[]>();
  manifests.forEach((file, index) => {
    const top = steps[index]?.[shared] ?? '';
    const cluster = clusters.includes(top) ? top : '';
    groups.set(cluster, [...(groups.get(cluster) ?? []), file]);
  });
  return [...groups.values()];
}
