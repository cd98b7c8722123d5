import { clusterProblemFacts, type ClusterProblemId } from '../../../model/cluster-problem';
import type { Finding, RuleFacts, SetInput, SetRule } from '../../rule';

/** What was found when the manifests were read as one cluster, as a rule. Reading that failed is undecided, never a pass. */
export function clusterProblemRule(id: ClusterProblemId, facts: Omit<RuleFacts, 'id' | 'layer' | 'severity' | 'title'>): SetRule {
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
