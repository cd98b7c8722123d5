import { selectsIngress } from '../../../model/select-workload';
import { labelIndex } from '../../../model/label-index';
import { groupBy } from '../../../model/group-by';
import { podsIn } from '../../pods-of';
import type { Finding, SetInput, SetRule } from '../../rule';
import { documents, exampleDeployment, examplePolicy } from '../security/example-workload';
import { handMadePolicies } from './hand-made-policies';

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
      if (labels.length === 0 || pods.count === 0 || selectsIngress(policy)) return [];
      if (pods.near(policy.selector).some((pod) => labels.every(([key, value]) => pod[key] === value))) return [];
      const message = `selects no Pods of namespace ${policy.namespace} that are in the input; its labels should be those of a workload`;
      return [{ manifest: policy.manifest, path: ['spec', 'selector', 'matchLabels'], message }];
    }),
};

interface PodLabels {
  readonly count: number;
  /** Labels that a selector may fit. */
  readonly near: (selector: Readonly<Record<string, string>>) => readonly Readonly<Record<string, string>>[];
}

function podLabelsIn(input: SetInput, namespace: string): PodLabels {
  return input.shared(`labels in ${namespace}`, () => {
    const services = input.shared('services by namespace', () => groupBy(input.cluster.services, (service) => service.namespace));
    const all = [
      ...podsIn(input, namespace).map(({ labels }) => labels),
      ...(services.get(namespace) ?? []).map(({ podLabels }) => podLabels),
    ];
    return { count: all.length, near: labelIndex(all, (labels) => labels) };
  });
}
