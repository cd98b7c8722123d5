import { objectAt, objectsAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { objectRef } from '../../../model/object-ref';
import { kindOf } from '../../known-kinds';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleInstance } from './example-instance';

const instance = (app: string, collection: string): string =>
  exampleInstance({
    name: app,
    parameters: `{ xsappname: ${app}, role-templates: [{ name: Viewer }], role-collections: [{ name: ${collection}, role-template-references: [$XSAPPNAME.Viewer] }] }`,
  });

export const xsuaaRoleCollectionTaken: SetRule = {
  id: 'xsuaa-role-collection-taken',
  layer: 'controller',
  severity: 'low',
  title: 'Every role collection of a subaccount has its own name',
  why: 'Names of role collections are common to a subaccount. Two instances that declare the same one meet in it, and users get the roles of both or the second instance fails.',
  fix: 'Put the application or the namespace into the name.',
  refs: ['SAP BTP: application security descriptor configuration syntax, role-collections'],
  bad: `${instance('orders', 'Viewers')}---\n${instance('invoices', 'Viewers')}`,
  good: `${instance('orders', 'Order_Viewers')}---\n${instance('invoices', 'Invoice_Viewers')}`,
  checkSet: findings,
};

function* findings({ manifests }: SetInput): Generator<Finding> {
  const owners = new Map<string, Manifest>();
  for (const manifest of manifests) {
    if (kindOf(manifest) !== 'ServiceInstance.services.cloud.sap.com') continue;
    const spec = objectAt(manifest.body, 'spec');
    if (spec['serviceOfferingName'] !== 'xsuaa') continue;
    for (const [collection, index] of objectsAt(objectAt(spec, 'parameters'), 'role-collections')) {
      const name = textOf(collection['name']);
      const key = JSON.stringify([name, spec['btpAccessCredentialsSecret']]);
      const owner = owners.get(key);
      owners.set(key, owner ?? manifest);
      if (name === '' || owner === undefined || objectRef(owner) === objectRef(manifest)) continue;
      const path = ['spec', 'parameters', 'role-collections', index, 'name'];
      yield { manifest, path, message: `"${name}" is a role collection of ${objectRef(owner)}, too` };
    }
  }
}
