import { authorityProblems } from '../../../model/controller/external-gateway-problems';
import { objectAt, textOf } from '../../../model/json-fields';
import { namespaceOf } from '../../../model/object-ref';
import { objectsByName, objectsOf } from '../../objects-of';
import type { SetRule } from '../../rule';
import { documents } from './example-gateway-objects';
import { exampleExternalGateway } from './example-external-gateway';
import { problemFinding } from '../../problem-rule';

const secret = (keys: string) => `apiVersion: v1
kind: Secret
metadata: { name: partner-ca, namespace: shop }
stringData: { ${keys} }
`;

export const externalGatewayAuthority: SetRule = {
  id: 'external-gateway-authority',
  layer: 'controller',
  severity: 'high',
  title: 'The Secret of an ExternalGateway holds the authority for client certificates',
  why: 'The controller makes no gateway when it does not know which key of the Secret is meant, or finds nothing there.',
  fix: 'Keep one key in the Secret, or name it ca.crt.',
  refs: ['Kyma documentation, ExternalGateway troubleshooting, readiness conditions'],
  bad: documents(secret('a.pem: one, b.pem: two'), exampleExternalGateway()),
  good: documents(secret('ca.crt: one, b.pem: two'), exampleExternalGateway()),
  checkSet: (input) =>
    objectsOf(input, 'ExternalGateway.gateway.kyma-project.io').flatMap((manifest) => {
      const { name, namespace = namespaceOf(manifest) } = objectAt(objectAt(manifest.body, 'spec'), 'caSecretRef');
      const found = objectsByName(input, 'Secret.').get(`${textOf(namespace)}/${textOf(name)}`);
      return found ? authorityProblems(found.body).map((problem) => problemFinding(manifest, problem)) : [];
    }),
};
