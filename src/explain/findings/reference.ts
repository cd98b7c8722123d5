import type { Severity } from '../../model/check-result';
import { liveChecks } from './all-findings';

/** What a result of `explain` says of itself. */
export interface ExplainCheck {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  /** Page and place that tell more. */
  readonly docs: string;
}

const others: readonly Omit<ExplainCheck, 'docs'>[] = [
  {
    id: 'request-against-intent',
    severity: 'high',
    title: 'A request gets in only with what its rule asks for',
    why: 'The author of the rule asked for a token, and another rule or policy lets the request in without it.',
    fix: 'Run kyma-guard validate: it finds all such requests and says what to change.',
  },
  {
    id: 'request-undecided',
    severity: 'medium',
    title: 'The input tells what becomes of the request',
    why: 'Without what the message names nobody can tell whether the request gets in.',
    fix: 'Give what the message names.',
  },
  {
    id: 'access-opened',
    severity: 'high',
    title: 'A change opens nothing that was closed',
    why: 'Somebody gets through with the new manifests who did not with the earlier ones.',
    fix: 'Look at the request and at the rule that lets it in: is it meant?',
  },
  {
    id: 'access-altered',
    severity: 'info',
    title: 'A change leaves requests as they were',
    why: 'The request is answered in another way, by another workload or by another authorizer.',
    fix: 'Look at the request: is it meant?',
  },
  {
    id: 'access-closed',
    severity: 'info',
    title: 'A change closes nothing that was open',
    why: 'Somebody no longer gets through.',
    fix: 'Look at the request: does a client need it?',
  },
  {
    id: 'access-comparison-open',
    severity: 'medium',
    title: 'The comparison sees every request',
    why: 'An APIRule that is refused changes nothing, and what is missing cannot be compared; then no change is no promise.',
    fix: 'Correct the APIRule, or give what is missing on both sides.',
  },
];

/** Everything that a result of `explain` can say beside the problems of its input, which are rules of `validate`. */
export function explainReference(): readonly ExplainCheck[] {
  return [...liveChecks, ...others].map(({ id, severity, title, why, fix }) => {
    return { id, severity, title, why, fix, docs: `docs/explain.md#${id}` };
  });
}
