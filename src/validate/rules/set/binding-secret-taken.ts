import { namespaceOf } from '../../../model/object-ref';
import { objectsByName } from '../../objects-of';
import type { Finding, SetRule } from '../../rule';
import { documents } from '../security/example-workload';
import { exampleBinding } from './example-bindings';
import { bindingsBySecret, secretOf } from './secrets-of';

export const bindingSecretTaken: SetRule = {
  id: 'binding-secret-taken',
  layer: 'set',
  severity: 'high',
  title: 'Each binding makes a Secret of its own',
  why: 'The operator refuses the second binding ("secret … belongs to another binding"), or its credentials replace those that somebody else mounts.',
  fix: 'Give each binding its own spec.secretName.',
  refs: ['SAP BTP service operator, ServiceBinding, spec.secretName'],
  bad: documents(exampleBinding('geo'), exampleBinding('maps', 'xsuaa', 'secretName: geo')),
  good: documents(exampleBinding('geo'), exampleBinding('maps', 'xsuaa', 'secretName: geo-maps')),
  checkSet: (input) =>
    [...bindingsBySecret(input)].flatMap(([place, [first, ...others]]): Finding[] => {
      if (!first) return [];
      const clashing = others.filter(({ name }) => name !== first.name);
      const findings = clashing.map((manifest) => finding(manifest, `binding ${first.name}`));
      const secret = objectsByName(input, 'Secret.').get(place);
      const foreign =
        secret &&
        secret.annotations['binding'] !== first.name &&
        secret.labels['services.cloud.sap.com/managed-by-sap-btp-operator'] !== 'true';
      return foreign ? [finding(first, 'a Secret of the input'), ...findings] : findings;
    }),
};

function finding(manifest: Finding['manifest'], owner: string): Finding {
  const message = `Secret ${namespaceOf(manifest)}/${secretOf(manifest)} is also ${owner === 'a Secret of the input' ? owner : `that of ${owner}`}; it should have one owner`;
  return { manifest, path: ['spec', 'secretName'], message };
}
