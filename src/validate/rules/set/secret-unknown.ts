import { groupBy } from '../../../model/group-by';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf } from '../../../model/object-ref';
import { nearName } from '../../near-name';
import type { NamedObject } from '../../names-in-pods';
import { namingObjects, neededNames, type NamingObject } from '../../naming-objects';
import { objectsIn } from '../../objects-of';
import type { Finding, SetInput, SetRule } from '../../rule';
import { documents, exampleFunction } from '../security/example-workload';
import { exampleBinding } from './example-bindings';
import { isReadFromCluster } from './read-from-cluster';
import { bindingKind, secretOf, secretsOf } from './secrets-of';

const mounting = exampleFunction('secretMounts: [{ secretName: geo, mountPath: /bindings/geo }]');

export const secretUnknown: SetRule = {
  id: 'secret-unknown',
  layer: 'set',
  severity: 'info',
  also: {
    low: 'when other Pods name a Secret, and one with a similar name is there that nothing uses',
    medium: 'when a Function names it, and the input makes other Secrets of the namespace',
  },
  title: 'What a Function or a Pod mounts is produced by something',
  why: 'A Pod that mounts a Secret which does not exist never starts, and the Function stays without a Pod until somebody looks.',
  fix: 'Name the Secret of a binding (spec.secretName, else its own name), or add the Secret to the input.',
  refs: ['Kyma documentation, Function custom resource, spec.secretMounts', 'Kubernetes documentation, Secrets, "Optional Secrets"'],
  bad: documents(exampleBinding('geo-xsuaa'), mounting),
  good: documents(exampleBinding('geo-xsuaa', 'xsuaa', 'secretName: geo'), mounting),
  checkSet: (input) =>
    namingObjects(input).flatMap((naming) => {
      const namespace = namespaceOf(naming.manifest);
      const missing = naming.names.filter(({ kind, name }) => kind === 'Secret' && !secretsOf(input).has(`${namespace}/${name}`));
      return missing.flatMap((one) => (naming.manifest.kind === 'Function' ? ofFunction(input, naming, one) : ofPods(input, naming, one)));
    }),
};

/** Secrets of Functions are those of bindings, as a rule. */
function ofFunction(input: SetInput, { manifest }: NamingObject, { name, path }: NamedObject): Finding[] {
  const made = objectsIn(input, bindingKind, namespaceOf(manifest)).map(secretOf);
  const message = unmade(manifest, name, nearName(name, made));
  return [{ manifest, path, message, ...(made.length > 0 && { severity: 'medium' as const }) }];
}

/** Secrets of other Pods are made outside of the manifests, as a rule: only a typing error is worth a word, and what the verification waits for. */
function ofPods(input: SetInput, { manifest, verification }: NamingObject, { name, path }: NamedObject): Finding[] {
  const near = nearName(name, unusedIn(input, namespaceOf(manifest)));
  const message = unmade(manifest, name, near);
  if (near !== undefined) return [{ manifest, path, message, severity: 'low' }];
  return verification === undefined || isReadFromCluster(manifest) ? [] : [{ manifest, path, message }];
}

function unmade(manifest: Manifest, name: string, near: string | undefined): string {
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  return `nothing in the input makes Secret ${namespaceOf(manifest)}/${name}${hint}`;
}

/** Secrets of a namespace that nothing needs: a typing error leaves the right one unused. */
function unusedIn(input: SetInput, namespace: string): readonly string[] {
  const unused = input.shared('unused secrets', () => {
    const needed = neededNames(input, 'Secret');
    const places = [...secretsOf(input)].filter((place) => !needed.has(place)).map((place) => place.split('/'));
    return groupBy(places, ([home = '']) => home);
  });
  return (unused.get(namespace) ?? []).map(([, name = '']) => name);
}
