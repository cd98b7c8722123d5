import { objectAt, textOf } from '../../../model/json-fields';
import type { JsonObject } from '../../../model/json';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf, objectRef } from '../../../model/object-ref';
import { kindOf } from '../../known-kinds';
import { functionsThatMount } from '../../mounted-secrets';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleBinding, rotation } from './example-binding';
import { exampleFunction } from './example-function';

const reader = exampleFunction({ members: ['secretMounts: [{ secretName: orders-xsuaa, mountPath: /bindings/orders }]'] });

export const bindingUnreadable: SetRule = {
  id: 'binding-unreadable',
  layer: 'controller',
  severity: 'medium',
  also: { low: 'when no Function of the input mounts it' },
  title: 'Libraries find the credentials of a binding in its Secret',
  why: 'With secretRootKey or a template of its own the Secret has no .metadata, so @sap/xsenv and its like find no credentials in it, and the handler fails when it asks for them.',
  fix: 'Leave secretRootKey and secretTemplate out; secretKey is fine. The binding needs a new name, because the operator refuses the change.',
  refs: ['SAP BTP service operator, README: formats of the Secret', 'servicebinding.io: workload projection'],
  bad: `${exampleBinding({ members: [rotation, 'secretRootKey: binding'] })}---\n${reader}`,
  good: `${exampleBinding({ members: [rotation, 'secretKey: credentials'] })}---\n${reader}`,
  checkSet: (input) => input.manifests.flatMap((manifest) => findings(input, manifest)),
};

function findings(input: SetInput, manifest: Manifest): Finding[] {
  if (kindOf(manifest) !== 'ServiceBinding.services.cloud.sap.com') return [];
  const spec = objectAt(manifest.body, 'spec');
  const field = unreadableField(spec);
  if (field === undefined) return [];
  const path = ['spec', field];
  const [user] = functionsThatMount(input, namespaceOf(manifest), textOf(spec['secretName'] ?? manifest.name));
  const message = 'makes a Secret without .metadata, in which @sap/xsenv finds no credentials';
  return user === undefined
    ? [{ manifest, path, message, severity: 'low' }]
    : [{ manifest, path, message: `${message}; ${objectRef(user)} mounts it` }];
}

function unreadableField(spec: JsonObject): string | undefined {
  const template = textOf(spec['secretTemplate']);
  if (template !== '') return template.includes('.metadata') ? undefined : 'secretTemplate';
  return textOf(spec['secretRootKey']) === '' ? undefined : 'secretRootKey';
}
