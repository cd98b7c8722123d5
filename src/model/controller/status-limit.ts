import type { Problem } from '../problem';
import { shownFailures } from './controller-words';

/** Says that the status of an APIRule will show only a part of what is wrong, when it will. */
export function statusLimitProblems(problems: readonly Problem[]): Problem[] {
  const failures = reportedFailures(problems.flatMap(({ says }) => says?.split('\n') ?? []));
  if (failures.length <= shownFailures) return [];
  const more = failures.length - shownFailures;
  const message = `the controller would find ${failures.length} errors, show ${shownFailures} of them and only count the others`;
  const says = `Validation errors: ${failures.slice(0, shownFailures).join('\n')}\n${more} more error(s)...`;
  return [{ id: 'api-rule-status-limit', path: ['metadata', 'name'], message, says }];
}

const conflict = /^Attribute '\.spec\.rules': Path /;

/** What the controller would come to: of conflicts one, and nothing beside a wrong gateway, which it looks at first. */
function reportedFailures(failures: readonly string[]): string[] {
  const before = failures.filter((failure) => failure.startsWith("Attribute 'spec"));
  if (before.length > 0) return before;
  const first = failures.find((failure) => conflict.test(failure));
  const reported = failures.filter((failure) => failure === first || !conflict.test(failure));
  return reported
    .map((failure) => [failure, rankOf(failure)] as const)
    .sort((a, b) => compare(a[1], b[1]))
    .map(([failure]) => failure);
}

/** Checks within one rule, in the order in which the controller makes them. */
const ruleChecks = [/\.service':/, /\.authorizations[[']/, /\.authentications[[']/, /sidecar injection/, /\.path':/];

/** First every rule, then conflicts, issuers that differ, and hosts. */
function rankOf(failure: string): readonly [number, number, number] {
  if (failure.endsWith('differ for the same issuer')) return [2, 0, 0];
  const rule = /^Attribute '\.spec\.rules\[(\d+)\]/.exec(failure)?.[1];
  if (rule !== undefined) return [0, Number(rule), ruleChecks.findIndex((check) => check.test(failure))];
  return [failure.startsWith("Attribute '.spec.rules'") ? 1 : 3, 0, 0];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
