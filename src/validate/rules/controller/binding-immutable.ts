import { isRotatedBinding } from '../../../model/binding-checks';
import type { JsonObject } from '../../../model/json';
import { objectAt } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf } from '../../../model/object-ref';
import { isSameJson } from '../../../model/same-json';
import type { Finding, ObjectRule, Subject } from '../../rule';
import { exampleBinding, rotation } from './example-binding';

export const bindingImmutable: ObjectRule = {
  id: 'binding-immutable',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceBinding.services.cloud.sap.com'],
  title: 'A binding that exists changes in its rotation and its template only',
  why: 'The operator refuses every other change of a binding that has credentials. A pipeline that applies it stops there, half of the change done.',
  fix: 'Make a binding under a new name, move its readers, then remove the old one.',
  refs: ['SAP BTP service operator, README: service bindings cannot be updated'],
  earlier: exampleBinding({ members: [rotation] }),
  bad: exampleBinding({ members: [rotation, 'secretKey: credentials'] }),
  good: exampleBinding({ name: 'orders-xsuaa-2', members: [rotation, 'secretKey: credentials'] }),
  check: findings,
};

/** What may change, and what the operator fills in itself. */
const free = new Set(['credentialsRotationPolicy', 'secretTemplate', 'userInfo']);

function findings({ manifest, earlier }: Subject): Finding[] {
  if (!earlier || !hasCredentials(earlier) || isRotatedBinding(manifest.body)) return [];
  const [before, after] = [completeSpec(earlier), completeSpec(manifest)];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return fields
    .filter((field) => !free.has(field) && !isSameJson(before[field], after[field]))
    .map((field) => finding(manifest, field, `${field} ${changeOf(before[field], after[field])}`));
}

function finding(manifest: Manifest, field: string, what: string): Finding {
  const spec = objectAt(manifest.body, 'spec');
  const secret = spec['secretName'] === undefined ? '' : ' with another spec.secretName';
  return {
    manifest,
    path: field in spec ? ['spec', field] : ['spec'],
    message: `${what}, which the operator refuses once the binding has credentials`,
    fix: `Make a new binding, such as ${nextName(manifest.name)}${secret}, move its readers, then remove this one.`,
    reason: 'updating service bindings is not supported',
  };
}

/** An object out of a manifest is taken for one that has its credentials; one out of a cluster says so itself. */
function hasCredentials({ body }: Manifest): boolean {
  return body['status'] === undefined || objectAt(body, 'status')['bindingID'] !== undefined;
}

/** The spec with what the operator would complete. */
function completeSpec(manifest: Manifest): JsonObject {
  const { name } = manifest;
  return { externalName: name, secretName: name, serviceInstanceNamespace: namespaceOf(manifest), ...objectAt(manifest.body, 'spec') };
}

function changeOf(before: unknown, after: unknown): string {
  return before === undefined ? 'is new' : after === undefined ? 'is gone' : 'changes';
}

function nextName(name: string): string {
  const [, stem = name, number = '1'] = /^(.*?)-(\d{1,4})$/.exec(name) ?? [];
  return `${stem}-${Number(number) + 1}`;
}
