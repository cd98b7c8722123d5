import type { FileText } from '../files/files';

/** Name of the file, as Kustomize looks for it. */
export const kustomizationFile = 'kustomization.yaml';

/** First line of the file: what does not begin with it was written by somebody else. */
export const kustomizationMark = '# Written by kyma-guard synth --kustomization; do not edit.';

/**
 * Adds one `kustomization.yaml` per environment, or one at the top where none are declared, with every manifest below it, sorted.
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/
 */
export function withKustomizations(files: readonly FileText[], environments: readonly (string | undefined)[]): FileText[] {
  const added = environments.flatMap((name): FileText[] => {
    const below = name === undefined ? '' : `${name}/`;
    const resources = files.filter(({ path }) => path.startsWith(below)).map(({ path }) => path.slice(below.length));
    return resources.length === 0 ? [] : [{ path: `${below}${kustomizationFile}`, text: kustomization(resources) }];
  });
  return [...files, ...added];
}

/** Names of namespaces and units are DNS names, which YAML takes as they are behind a slash. */
function kustomization(resources: readonly string[]): string {
  const lines = [...resources].sort().map((path) => `  - ${path}`);
  return [kustomizationMark, 'apiVersion: kustomize.config.k8s.io/v1beta1', 'kind: Kustomization', 'resources:', ...lines, ''].join('\n');
}
