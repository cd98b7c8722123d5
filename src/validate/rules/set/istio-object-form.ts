import { examplePolicy } from '../security/example-workload';
import { clusterProblemRule } from './cluster-problem-rule';

export const istioObjectForm = clusterProblemRule('istio-object-form', {
  why: 'What a hand-made Istio object says beside what the model knows may open or close something, and no decision takes it into account.',
  fix: 'Write the object with selectors and known members, or check the workload with verify.',
  refs: ['docs/access-model.md'],
  bad: examplePolicy('targetRefs: [{ kind: Service, group: "", name: orders }], action: ALLOW'),
  good: examplePolicy('selector: { matchLabels: { app: orders } }, action: ALLOW'),
});
