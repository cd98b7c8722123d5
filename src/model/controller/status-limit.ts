import type { Problem } from '../problem';
import { shownFailures } from './controller-words';

/** Says that the status of an APIRule will show only a part of what is wrong, when it will. */
export function statusLimitProblems(problems: readonly Problem[]): Problem[] {
  const failures = problems.flatMap(({ says }) => says?.split('\n') ?? []);
  if (failures.length <= shownFailures) return [];
  const message = `the controller would find ${failures.length} errors, show ${shownFailures} of them and only count the others`;
  const says = `Validation errors: ${failures.slice(0, shownFailures).join('\n')}\n${failures.length - shownFailures} more error(s)...`;
  return [{ id: 'api-rule-status-limit', path: ['metadata', 'name'], message, says }];
}
