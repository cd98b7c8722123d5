import { isDryRun } from '../../../model/read-istio-objects';
import type { SetRule } from '../../rule';
import { examplePolicy } from '../security/example-workload';
import { handMadePolicies } from './hand-made-policies';

const policy = examplePolicy('selector: { matchLabels: { app: orders } }, action: ALLOW');

export const policyDryRun: SetRule = {
  id: 'policy-dry-run',
  layer: 'set',
  severity: 'low',
  title: 'Policies are in force',
  why: 'With the annotation istio.io/dry-run the proxies only log what the policy would decide. It refuses nothing, whatever it looks like.',
  fix: 'Remove the annotation istio.io/dry-run once the policy is tried out.',
  refs: ['Istio documentation, Authorization, Dry Run'],
  bad: policy.replace('namespace: shop', "namespace: shop, annotations: { istio.io/dry-run: 'true' }"),
  good: policy,
  checkSet: (input) =>
    handMadePolicies(input)
      .filter(({ manifest }) => isDryRun(manifest))
      .map(({ manifest }) => ({
        manifest,
        path: ['metadata', 'annotations', 'istio.io/dry-run'],
        message: 'is "true": the policy is only logged and refuses nothing; it should be removed for the policy to count',
      })),
};
