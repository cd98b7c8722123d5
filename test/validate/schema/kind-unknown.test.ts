import { validateText } from '../../support/validate';

const object = (apiVersion: string, kind: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a, namespace: b }\n`;
const sound = `---\n${object('v1', 'ConfigMap')}`;

test.each<[string, string, string]>([
  [
    'gateway.kyma-project.io/v2',
    'APIRUle',
    'APIRUle is no kind of gateway.kyma-project.io/v2; did you mean APIRule of the group gateway.kyma-project.io?',
  ],
  ['gateway.kyma-project.io/v2', 'ApiRule', 'did you mean APIRule of'],
  [
    'gateway.kyma-project/v2',
    'APIRule',
    'gateway.kyma-project/v2 has no kind APIRule; did you mean APIRule of the group gateway.kyma-project.io?',
  ],
  ['gateway.kyma-project.io', 'APIRule', 'did you mean APIRule of the group gateway.kyma-project.io?'],
  ['gateway.kyma.project.io/v2', 'ApiRules', 'did you mean APIRule of the group gateway.kyma-project.io?'],
  ['serverless.kyma-project.io/v1alpha2', 'Functions', 'did you mean Function of'],
  ['services.cloud.sap.com/v1', 'ServiceBindng', 'did you mean ServiceBinding of'],
  ['serverless.kyma-project.io/v1alpha2', 'APIRule', 'has no kind APIRule; did you mean APIRule of the group gateway.kyma-project.io?'],
  ['security.istio.io/v1', 'AuthorisationPolicy', 'did you mean AuthorizationPolicy of'],
  ['networking.istio.io/v1', 'AuthorizationPolicy', 'did you mean AuthorizationPolicy of the group security.istio.io?'],
  ['v1', 'service', 'did you mean Service?'],
  ['apps/v1', 'Deployement', 'did you mean Deployment of the group apps?'],
])('%s %s is told, with what was meant', async (apiVersion, kind, words) => {
  expect(await validateText(object(apiVersion, kind) + sound)).toMatchObject([
    { id: 'schema-kind-unknown', status: 'fail', severity: 'high', message: expect.stringContaining(words) },
  ]);
});

test.each<[string, string]>([
  ['v1', 'Config'],
  ['v1', 'PersistentVolumeClaim'],
  ['gateway.networking.k8s.io/v1', 'Gateway'],
  ['serving.knative.dev/v1', 'Service'],
  ['servicebinding.io/v1', 'ServiceBinding'],
  ['policy.linkerd.io/v1alpha1', 'AuthorizationPolicy'],
  ['networking.istio.io/v1', 'DestinationRule'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['operator.kyma-project.io/v1alpha1', 'APIGateway'],
  ['gateway.kyma-project.io/v2', 'Certificate'],
])('%s %s may exist, and is counted as skipped', async (apiVersion, kind) => {
  expect(await validateText(object(apiVersion, kind) + sound)).toMatchObject([{ id: 'kind-not-checked', status: 'skip' }]);
});
