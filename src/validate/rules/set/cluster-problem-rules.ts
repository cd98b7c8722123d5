import { clusterProblemFacts, type ClusterProblemId } from '../../../model/cluster-problem';
import type { Finding, RuleFacts, SetInput, SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents, examplePolicy } from '../security/example-workload';

const rules = [`{ path: /orders, methods: [GET], ${exampleJwt} }`];
const rule = exampleApiRule(rules);

export const hostTaken = clusterProblemRule('host-taken', {
  why: 'The controller refuses the APIRule that comes later with "Host is occupied by another Virtual Service"; which one that is depends on timing.',
  fix: 'Put the rules of one host into one APIRule, or give each APIRule its own host.',
  refs: ['Kyma documentation, APIRule troubleshooting, host is occupied'],
  bad: documents(rule, exampleApiRule(rules, 'second')),
  good: documents(rule, exampleApiRule(rules, 'second', 'second.example.com')),
});

export const manifestDuplicate = clusterProblemRule('manifest-duplicate', {
  why: 'One input is one cluster. Of two objects with one name the cluster keeps the one that is applied last, and nobody can say which one was checked.',
  fix: 'Remove one of the two, or check one cluster at a time.',
  refs: ['Kubernetes documentation, object names and ids'],
  bad: documents(rule, rule),
  good: documents(rule, exampleApiRule(rules, 'second', 'second.example.com')),
});

export const apiRuleForm = clusterProblemRule('api-rule-form', {
  why: 'An APIRule that cannot be read is left out of everything that looks at several objects, so nobody can say that what it protects is closed.',
  fix: 'Correct the APIRule; the API server would refuse it, too.',
  refs: ['Kyma documentation, APIRule custom resource'],
  bad: exampleApiRule(['{ path: /orders, methods: GET, noAuth: true }']),
  good: exampleApiRule(['{ path: /orders, methods: [GET], noAuth: true }']),
});

export const istioObjectForm = clusterProblemRule('istio-object-form', {
  why: 'What a hand-made Istio object says beside what the model knows may open or close something, and no decision takes it into account.',
  fix: 'Write the object with selectors and known members, or check the workload with verify.',
  refs: ['docs/access-model.md'],
  bad: examplePolicy('targetRefs: [{ kind: Service, group: "", name: orders }], action: ALLOW'),
  good: examplePolicy('selector: { matchLabels: { app: orders } }, action: ALLOW'),
});

/** What was found when the manifests were read as one cluster, as a rule. Reading that failed is undecided, never a pass. */
function clusterProblemRule(id: ClusterProblemId, facts: Omit<RuleFacts, 'id' | 'layer' | 'severity' | 'title'>): SetRule {
  const { title, severity } = clusterProblemFacts(id);
  const undecided = id === 'istio-object-form' || id === 'api-rule-form';
  const checkSet = (input: SetInput): Finding[] =>
    input.clusterProblems
      .filter((problem) => problem.id === id)
      .map(({ manifest, path, other, message, fix }) => ({
        // What clashes with an object that was only read is reported at the one under test.
        ...(other && !input.isReported(manifest) ? other : { manifest, path }),
        message,
        ...(fix !== undefined && { fix }),
        ...(undecided && { undecided }),
      }));
  return { id, layer: 'set', severity, title, ...facts, checkSet };
}
