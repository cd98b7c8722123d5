import { objectAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf, objectRef } from '../../../model/object-ref';
import { kindOf } from '../../known-kinds';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleInstance } from './example-instance';

const two = (second: string): string =>
  `${exampleInstance()}---\n${exampleInstance({ name: 'invoices', parameters: `{ xsappname: ${second} }` })}`;

export const xsuaaAppNameTaken: SetRule = {
  id: 'xsuaa-app-name-taken',
  layer: 'controller',
  severity: 'medium',
  also: { low: 'for instances of different namespaces' },
  title: 'Every XSUAA instance of a subaccount has its own application name',
  why: 'The application name is unique in a subaccount, and a cluster usually works for one: XSUAA refuses the second instance.',
  fix: 'Give each instance its own xsappname, for example with the namespace behind it.',
  refs: ['SAP BTP: application security descriptor configuration syntax, xsappname'],
  bad: two('orders'),
  good: two('invoices'),
  checkSet: findings,
};

function* findings({ manifests }: SetInput): Generator<Finding> {
  const owners = new Map<string, Manifest>();
  for (const manifest of manifests) {
    if (kindOf(manifest) !== 'ServiceInstance.services.cloud.sap.com') continue;
    const spec = objectAt(manifest.body, 'spec');
    const name = textOf(objectAt(spec, 'parameters')['xsappname']);
    if (spec['serviceOfferingName'] !== 'xsuaa' || name === '') continue;
    const key = JSON.stringify([name, spec['btpAccessCredentialsSecret']]);
    const owner = owners.get(key);
    owners.set(key, owner ?? manifest);
    if (owner === undefined || objectRef(owner) === objectRef(manifest)) continue;
    const message = `"${name}" is the application name of ${objectRef(owner)}, too`;
    // Namespaces may work for subaccounts of their own.
    const severity = namespaceOf(owner) === namespaceOf(manifest) ? 'medium' : 'low';
    yield { manifest, path: ['spec', 'parameters', 'xsappname'], message, severity };
  }
}
