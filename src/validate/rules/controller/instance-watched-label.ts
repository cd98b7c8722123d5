import { objectAt, objectsAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf, objectRef } from '../../../model/object-ref';
import { kindOf } from '../../known-kinds';
import { secretOf } from '../../mounted-secrets';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleInstance, exampleSecret, watched } from './example-instance';

const label = 'services.cloud.sap.com/managed-by-sap-btp-operator';
const example = exampleInstance({ members: watched('orders-parameters') });

export const instanceWatchedLabel: SetRule = {
  id: 'instance-watched-label',
  layer: 'controller',
  severity: 'info',
  title: 'A Secret that is watched has the label by which the operator sees it',
  why: 'Kyma runs the operator with a limited cache, which holds only Secrets with the label: changes of others never reach the service.',
  fix: `Give the Secret the label ${label}: "true".`,
  refs: ['SAP BTP service operator, README: watchParametersFromChanges', 'Kyma BTP Manager: ENABLE_LIMITED_CACHE'],
  bad: `${example}---\n${exampleSecret('orders-parameters', 'parameters', '{"description":"Orders"}')}`,
  good: `${example}---\n${exampleSecret('orders-parameters', 'parameters', '{"description":"Orders"}', `labels: { ${label}: 'true' }`)}`,
  checkSet: (input) => input.manifests.flatMap((manifest) => findings(input, manifest)),
};

function findings(input: SetInput, manifest: Manifest): Finding[] {
  if (kindOf(manifest) !== 'ServiceInstance.services.cloud.sap.com') return [];
  const spec = objectAt(manifest.body, 'spec');
  if (spec['watchParametersFromChanges'] !== true) return [];
  return objectsAt(spec, 'parametersFrom').flatMap(([entry, index]): Finding[] => {
    const secret = secretOf(input, namespaceOf(manifest), textOf(objectAt(entry, 'secretKeyRef')['name']));
    if (secret === undefined || secret.labels[label] === 'true') return [];
    const path = ['spec', 'parametersFrom', index, 'secretKeyRef', 'name'];
    return [{ manifest, path, message: `is ${objectRef(secret)}, which has no label ${label}: "true"` }];
  });
}
