import { objectAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { isDnsLabel, isObjectName } from '../../../model/names';
import { namespaceOf, objectRef } from '../../../model/object-ref';
import { kindOf } from '../../known-kinds';
import { functionsThatMount } from '../../mounted-secrets';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleBinding } from './example-binding';
import { exampleFunction } from './example-function';

const mounting = (secretName: string): string =>
  exampleFunction({ members: [`secretMounts: [{ secretName: ${secretName}, mountPath: /bindings/orders }]`] });

export const bindingName: SetRule = {
  id: 'binding-name',
  layer: 'controller',
  severity: 'medium',
  also: { high: 'for what is no name of an object at all', info: 'for a name that no Function of the input uses' },
  title: 'The Secret of a binding can be mounted where it is needed',
  why: 'The volume of a Function is called like the Secret, and a volume name is stricter: no dots, at most 63 characters. The Function would stay without Pods.',
  fix: 'Give spec.secretName of a-z, 0-9 and "-", at most 63 characters. The binding needs a new name, too, because the operator refuses the change.',
  refs: ['ServiceBinding custom resource, spec.secretName', 'Kubernetes: volumes'],
  bad: `${exampleBinding({ name: 'orders.xsuaa' })}---\n${mounting('orders.xsuaa')}`,
  good: `${exampleBinding({ name: 'orders-xsuaa' })}---\n${mounting('orders-xsuaa')}`,
  checkSet: (input) => input.manifests.flatMap((manifest) => findings(input, manifest)),
};

function findings(input: SetInput, manifest: Manifest): Finding[] {
  if (kindOf(manifest) !== 'ServiceBinding.services.cloud.sap.com') return [];
  const { secretName } = objectAt(manifest.body, 'spec');
  const places = [
    { path: ['metadata', 'name'], name: manifest.name, isSecret: secretName === undefined },
    ...(secretName === undefined ? [] : [{ path: ['spec', 'secretName'], name: textOf(secretName), isSecret: true }]),
  ];
  return places.flatMap(({ path, name, isSecret }): Finding[] => {
    if (!isObjectName(name)) return [{ manifest, path, message: `"${name}" is no name of an object`, severity: 'high' }];
    if (!isSecret || isDnsLabel(name)) return [];
    const [user] = functionsThatMount(input, namespaceOf(manifest), name);
    return [
      user === undefined
        ? { manifest, path, message: `"${name}" names a Secret that no Function could mount`, severity: 'info' }
        : { manifest, path, message: `"${name}" names a Secret that ${objectRef(user)} mounts; no volume can be called like that` },
    ];
  });
}
