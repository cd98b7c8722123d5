import { nearName } from '../../near-name';
import type { JsonPath } from '../../../model/json';
import { objectAt, objectsAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf } from '../../../model/object-ref';
import { objectsIn, objectsOf } from '../../objects-of';
import type { Finding, SetRule } from '../../rule';
import { documents, exampleFunction } from '../security/example-workload';
import { exampleBinding } from './example-bindings';
import { bindingKind, secretOf, secretsOf } from './secrets-of';

const mounting = exampleFunction('secretMounts: [{ secretName: geo, mountPath: /bindings/geo }]');

export const secretUnknown: SetRule = {
  id: 'secret-unknown',
  layer: 'set',
  severity: 'info',
  also: { medium: 'when the input makes other Secrets of the namespace' },
  title: 'What a Function mounts is produced by something',
  why: 'A Pod that mounts a Secret which does not exist never starts, and the Function stays without a Pod until somebody looks.',
  fix: 'Name the Secret of a binding (spec.secretName, else its own name), or add the Secret to the input.',
  refs: ['Kyma documentation, Function custom resource, spec.secretMounts'],
  bad: documents(exampleBinding('geo-xsuaa'), mounting),
  good: documents(exampleBinding('geo-xsuaa', 'xsuaa', 'secretName: geo'), mounting),
  checkSet: (input) =>
    objectsOf(input, 'Function.serverless.kyma-project.io').flatMap((manifest) => {
      const namespace = namespaceOf(manifest);
      const missing = wantedSecrets(manifest).filter(({ name }) => name !== '' && !secretsOf(input).has(`${namespace}/${name}`));
      if (missing.length === 0) return [];
      const made = objectsIn(input, bindingKind, namespace).map(secretOf);
      return missing.map(({ name, path }): Finding => {
        const near = nearName(name, made);
        const message = `nothing in the input makes Secret ${namespace}/${name}${near === undefined ? '' : `; did you mean "${near}"?`}`;
        return { manifest, path, message, ...(made.length > 0 && { severity: 'medium' as const }) };
      });
    }),
};

interface WantedSecret {
  readonly name: string;
  readonly path: JsonPath;
}

function wantedSecrets(manifest: Manifest): WantedSecret[] {
  const spec = objectAt(manifest.body, 'spec');
  const mounts = objectsAt(spec, 'secretMounts').map(([mount, index]) => ({
    name: textOf(mount['secretName']),
    path: ['spec', 'secretMounts', index, 'secretName'],
  }));
  const variables = objectsAt(spec, 'env').flatMap(([variable, index]) => {
    const key = objectAt(objectAt(variable, 'valueFrom'), 'secretKeyRef');
    const path = ['spec', 'env', index, 'valueFrom', 'secretKeyRef', 'name'];
    return key['optional'] === true ? [] : [{ name: textOf(key['name']), path }];
  });
  return [...mounts, ...variables];
}
