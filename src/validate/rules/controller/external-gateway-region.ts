import { regionProblems } from '../../../model/controller/external-gateway-problems';
import { objectAt, textOf } from '../../../model/json-fields';
import { namespaceOf } from '../../../model/object-ref';
import { objectsByName, objectsOf } from '../../objects-of';
import type { SetRule } from '../../rule';
import { documents, exampleConfigMap } from './example-gateway-objects';
import { exampleExternalGateway } from './example-external-gateway';
import { problemFinding } from '../../problem-rule';

const regions = (name: string) =>
  exampleConfigMap('shop', 'regions', 'regions.yaml', ['regions:', `  - name: ${name}`, '    subjects: ["CN=a"]']);

export const externalGatewayRegion: SetRule = {
  id: 'external-gateway-region',
  layer: 'controller',
  severity: 'high',
  title: 'The region of an ExternalGateway is one of its ConfigMap, with subjects',
  why: 'The controller makes no gateway for a region that it does not find. A region without subjects would accept no client certificate.',
  fix: 'Name a region of the ConfigMap, or add it there.',
  refs: ['Kyma documentation, ExternalGateway troubleshooting, readiness conditions'],
  bad: documents(regions('us10'), exampleExternalGateway()),
  good: documents(regions('eu10'), exampleExternalGateway()),
  checkSet: (input) =>
    objectsOf(input, 'ExternalGateway.gateway.kyma-project.io').flatMap((manifest) => {
      const name = textOf(objectAt(manifest.body, 'spec')['regionsConfigMap']);
      const configMap = objectsByName(input, 'ConfigMap.').get(`${namespaceOf(manifest)}/${name}`);
      return configMap ? regionProblems(manifest.body, configMap.body).map((problem) => problemFinding(manifest, problem)) : [];
    }),
};
