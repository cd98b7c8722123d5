import { attributeFailure } from '../../../model/controller/controller-words';
import { exposuresOf, servicePath, type Exposure } from '../../exposures-of';
import { groupBy } from '../../../model/group-by';
import type { Finding, SetRule } from '../../rule';
import { documents, exampleApiRule, publicRule } from './example-gateway-objects';

const rule = exampleApiRule([publicRule('/orders')]);
const service = (selector: string) => `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { ${selector}ports: [{ port: 8080 }] }
`;

export const serviceWithoutSelector: SetRule = {
  id: 'service-without-selector',
  layer: 'controller',
  severity: 'high',
  title: 'The Service of an APIRule selects Pods',
  why: 'The controller copies the selector into the policies, and refuses the APIRule when there is none: an ExternalName, or a Service with endpoints of its own.',
  fix: 'Name a Service with a selector, such as that of a proxy in front of the outside service.',
  refs: ['Kyma documentation, APIRule custom resource, spec.service'],
  bad: documents(rule, service('')),
  good: documents(rule, service('selector: { app: orders }, ')),
  checkSet(input) {
    const without = exposuresOf(input).filter(
      ({ facts }) => facts?.manifest.kind === 'Service' && Object.keys(facts.selector).length === 0,
    );
    const places = groupBy(without, (exposure) =>
      JSON.stringify([exposure.apiRule.namespace, exposure.apiRule.name, servicePath(exposure)]),
    );
    return [...places.values()].flatMap(finding);
  },
};

function finding(exposures: readonly Exposure[]): Finding[] {
  const [first] = exposures;
  if (!first) return [];
  const words = exposures.map(({ index }) =>
    attributeFailure(`.spec.rules[${index}].injection`, 'Target service label selectors are not defined'),
  );
  const message = `Service ${first.namespace}/${first.service} has no selector, so the controller knows no Pods to protect`;
  return [{ manifest: first.apiRule.manifest, path: [...servicePath(first), 'name'], message, reason: words.join('\n') }];
}
