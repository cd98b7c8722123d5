import type { SetRule } from '../../rule';
import { exampleApiRule } from '../security/example-api-rule';
import { documents, exampleService } from '../security/example-workload';

const apiRule = exampleApiRule(['{ path: /orders, methods: [GET], noAuth: true }']);
const labelled = (owner: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: ${owner}-x7k2p
  namespace: shop
  labels: { apirule.gateway.kyma-project.io/name: ${owner}, apirule.gateway.kyma-project.io/namespace: shop }
spec: { selector: { matchLabels: { app: orders } }, action: ALLOW }
`;

export const apiRuleObjectsDiffer: SetRule = {
  id: 'api-rule-objects-differ',
  layer: 'set',
  severity: 'info',
  title: 'Objects with the labels of an APIRule are what the controller makes of it',
  why: 'The controller writes them anew when it looks at the APIRule next, so what stands in them holds until then only. Both states are checked.',
  fix: 'Nothing, if the objects come from the cluster and the APIRule is to be changed; else remove the objects or their labels.',
  refs: ['Kyma documentation, APIRule, labels of the objects that are made'],
  bad: documents(apiRule, exampleService, labelled('orders')),
  good: documents(apiRule, exampleService, labelled('invoices')),
  checkSet: ({ cluster, later }) => {
    const changed = new Set(later?.changed);
    return cluster.apiRules
      .filter(({ namespace, name }) => changed.has(`${namespace}/${name}`))
      .map(({ manifest }) => ({
        manifest,
        path: ['spec'],
        message: 'is not what the Istio objects with its labels say; the state now and the one after the next reconcile are both checked',
      }));
  },
};
