import { selectsIngress } from '../../../model/select-workload';
import { textOf } from '../../../model/json-fields';
import { objectsIn } from '../../objects-of';
import type { Finding, SetInput, SetRule } from '../../rule';
import { podTemplateOf } from '../../sidecar-of';
import { documents, exampleDeployment, examplePolicy } from '../security/example-workload';
import { handMadePolicies } from './hand-made-policies';

const kinds = ['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps', 'Pod.'];

export const policySelectsNothing: SetRule = {
  id: 'policy-selects-nothing',
  layer: 'set',
  severity: 'info',
  title: 'A policy selects Pods of the input',
  why: 'A policy with a typing error in its selector is accepted and protects nothing.',
  fix: 'Compare the selector with the labels of the Pods, or add the workload to the input.',
  refs: ['Istio reference, WorkloadSelector'],
  bad: documents(exampleDeployment(), examplePolicy('selector: { matchLabels: { app: order } }, action: ALLOW')),
  good: documents(exampleDeployment(), examplePolicy('selector: { matchLabels: { app: orders } }, action: ALLOW')),
  checkSet: (input) =>
    handMadePolicies(input).flatMap((policy): Finding[] => {
      const labels = Object.entries(policy.selector);
      const pods = podLabelsIn(input, policy.namespace);
      if (labels.length === 0 || pods.length === 0 || selectsIngress(policy)) return [];
      if (pods.some((pod) => labels.every(([key, value]) => pod[key] === value))) return [];
      const message = `selects no Pods of namespace ${policy.namespace} that are in the input; its labels should be those of a workload`;
      return [{ manifest: policy.manifest, path: ['spec', 'selector', 'matchLabels'], message }];
    }),
};

function podLabelsIn(input: SetInput, namespace: string): readonly Readonly<Record<string, string>>[] {
  return input.shared(`labels of Pods in ${namespace}`, () => [
    ...kinds
      .flatMap((kind) => objectsIn(input, kind, namespace))
      .map((manifest) => Object.fromEntries(Object.entries(podTemplateOf(manifest).labels).map(([key, value]) => [key, textOf(value)]))),
    ...input.cluster.services.filter((service) => service.namespace === namespace).map(({ podLabels }) => podLabels),
  ]);
}
