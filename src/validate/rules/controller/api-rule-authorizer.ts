import { authorizerProblems, authorizerToName, meshAuthorizers, namedAuthorizers } from '../../../model/controller/authorizer-problems';
import { objectAt } from '../../../model/json-fields';
import { objectsByName } from '../../objects-of';
import type { Finding, SetInput, SetRule } from '../../rule';
import { documents, exampleApiRule, exampleConfigMap } from './example-gateway-objects';
import { problemFinding } from '../../problem-rule';

const rule = exampleApiRule(['{ path: /orders, methods: [GET], extAuth: { authorizers: [proxy] } }']);
const mesh = (name: string) =>
  exampleConfigMap('istio-system', 'istio', 'mesh', [
    'extensionProviders:',
    `  - name: ${name}`,
    '    envoyExtAuthzHttp: { service: a.b }',
  ]);

export const apiRuleAuthorizer: SetRule = {
  id: 'api-rule-authorizer',
  layer: 'controller',
  severity: 'high',
  also: { info: 'when the configuration of the mesh is not in the input' },
  title: 'The mesh knows every external authorizer, and over HTTP',
  why: 'The controller refuses an APIRule with an authorizer that it does not find in the configuration of the mesh, and one that speaks gRPC.',
  fix: 'Add the authorizer to the Istio custom resource, or name one that is there.',
  refs: ['Kyma documentation, Istio custom resource, config.authorizers'],
  bad: documents(rule, mesh('other')),
  good: documents(rule, mesh('proxy')),
  checkSet(input) {
    const configMap = objectsByName(input, 'ConfigMap.').get('istio-system/istio');
    return configMap ? known(input, configMap.body) : unknown(input);
  },
};

function known(input: SetInput, configMap: Parameters<typeof meshAuthorizers>[0]): Finding[] {
  const authorizers = meshAuthorizers(configMap);
  return input.cluster.apiRules.flatMap(({ manifest }) =>
    authorizerProblems(objectAt(manifest.body, 'spec'), authorizers).map((problem) => problemFinding(manifest, problem)),
  );
}

/** Without the configuration of the mesh it is a thing to remember, once for each authorizer of an APIRule; but no mesh has what `migrate` leaves open. */
function unknown(input: SetInput): Finding[] {
  return input.cluster.apiRules.flatMap(({ manifest }) => {
    const named = namedAuthorizers(objectAt(manifest.body, 'spec'));
    const first = named.filter(({ name }, index) => named.findIndex((other) => other.name === name) === index);
    return first.map(({ name, path }): Finding => {
      if (name === authorizerToName) return { manifest, path, message: `"${name}" stands where the name of an authorizer belongs` };
      const message = `"${name}" must be declared in the configuration of the mesh, which is not in the input`;
      return { manifest, path, message, severity: 'info' };
    });
  });
}
