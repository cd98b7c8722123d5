import { apiRuleFaults } from '../../model/api-rule-checks';
import type { Manifest } from '../../model/manifest';
import { formatProblem, type Problem } from '../../model/problem';

/** Checks whose every finding is one that the API server or the controller refuses, also where its words are not known. */
const refusing = new Set([
  'api-rule-access',
  'api-rule-external-host',
  'api-rule-gateway',
  'api-rule-host',
  'api-rule-methods',
  'api-rule-name',
  'api-rule-path',
  'api-rule-rules',
  'api-rule-service',
  'api-rule-spec',
  'api-rule-timeout',
]);

/** Why API server or controller refuse an APIRule that can be read; undefined when nothing speaks against it. */
export function refusalOf({ body }: Pick<Manifest, 'body'>): Problem | undefined {
  return apiRuleFaults(body).find(({ id, says }) => says !== undefined || refusing.has(id));
}

/** The reason in one line. */
export function refusalText(problem: Problem): string {
  return formatProblem({ id: problem.id, path: problem.path, message: problem.message });
}
