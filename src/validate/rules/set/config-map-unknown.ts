import { groupBy } from '../../../model/group-by';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf } from '../../../model/object-ref';
import { nearName } from '../../near-name';
import { objectsByName, objectsIn } from '../../objects-of';
import type { NamedObject } from '../../names-in-pods';
import { namingObjects, neededNames, type NamingObject } from '../../naming-objects';
import type { Finding, SetInput, SetRule } from '../../rule';
import { documents } from '../security/example-workload';
import { exampleConfigMap, mountingConfigMap } from './example-config-maps';
import { isReadFromCluster } from './read-from-cluster';
import { verificationFindings } from './verification-findings';

const kind = 'ConfigMap.';

/** What the cluster itself puts into every namespace. */
const everywhere: ReadonlySet<string> = new Set(['kube-root-ca.crt', 'istio-ca-root-cert']);

export const configMapUnknown: SetRule = {
  id: 'config-map-unknown',
  layer: 'set',
  severity: 'info',
  also: {
    low: 'when a ConfigMap with a similar name is there that nothing uses',
    medium: 'when synth wrote the name for a verification, and the ConfigMap beside it is another one or missing',
  },
  title: 'The ConfigMaps that Pods name are in the input',
  why: 'A Pod that names a ConfigMap which does not exist never starts. A Job waits for it until its deadline ends it, and has then checked nothing.',
  fix: 'Check the name, or add the ConfigMap to the input (--context reads it without reporting on it).',
  refs: ['Kubernetes documentation, ConfigMaps, "Optional references"'],
  bad: documents(mountingConfigMap('prices-v2'), exampleConfigMap('prices')),
  good: documents(mountingConfigMap('prices'), exampleConfigMap('prices')),
  checkSet: (input) => namingObjects(input).flatMap((naming) => findings(input, naming, missingIn(input, naming))),
};

function missingIn(input: SetInput, { manifest, names }: NamingObject): NamedObject[] {
  const present = objectsByName(input, kind);
  const namespace = namespaceOf(manifest);
  return names.filter((one) => one.kind === 'ConfigMap' && !everywhere.has(one.name) && !present.has(`${namespace}/${one.name}`));
}

/** Where the input holds no ConfigMap of the namespace at all, they come from elsewhere; only what synth wrote itself belongs beside the Job. */
function findings(input: SetInput, naming: NamingObject, missing: readonly NamedObject[]): Finding[] {
  if (missing.length === 0) return [];
  const { manifest, verification } = naming;
  const there = objectsIn(input, kind, namespaceOf(manifest));
  if (there.length === 0 && (verification === undefined || isReadFromCluster(manifest))) return [];
  const { found, others } = verificationFindings({ naming, missing, there: there.map(({ name }) => name) });
  return [...found, ...(there.length === 0 ? [] : others.map((one) => finding(input, manifest, one)))];
}

function finding(input: SetInput, manifest: Manifest, { name, path }: NamedObject): Finding {
  const namespace = namespaceOf(manifest);
  const near = nearName(name, unusedIn(input, namespace));
  return near === undefined
    ? { manifest, path, message: `ConfigMap ${namespace}/${name} is not in the input` }
    : { manifest, path, message: `there is no ConfigMap ${namespace}/${name}; did you mean "${near}"?`, severity: 'low' };
}

/** ConfigMaps that nothing needs: a typing error leaves the right one unused. */
function unusedIn(input: SetInput, namespace: string): readonly string[] {
  const unused = input.shared('unused config maps', () => {
    const needed = neededNames(input, 'ConfigMap');
    return groupBy(
      [...objectsByName(input, kind)].filter(([place]) => !needed.has(place)).map(([, manifest]) => manifest),
      namespaceOf,
    );
  });
  return (unused.get(namespace) ?? []).map(({ name }) => name);
}
