import { apiRuleFaults } from '../../model/api-rule-checks';
import { bareApiRule } from '../../model/bare-manifest';
import { formatJsonPath, type JsonObject } from '../../model/json';
import { readApiRules } from '../../model/read-api-rules';
import { manual, type RuleNote } from './rule-notes';

/** Checks of what nobody should write and the cluster takes all the same; the old rule had it, too. */
const advice: ReadonlySet<string> = new Set(['api-rule-cors', 'jwt-claim-pattern', 'jwt-issuer']);

/** What the API server or the controller would say against a migrated APIRule, as far as the object itself tells. */
export function refusedNotes(apiRule: JsonObject): RuleNote[] {
  const forms = readApiRules([bareApiRule(apiRule)]).problems.map(({ message }) => message);
  const refusals = forms.length > 0 ? [] : apiRuleFaults(apiRule).filter(({ id }) => !advice.has(id));
  const faults = refusals.map(({ path, message }) => `${formatJsonPath(path)} ${message}`);
  return [...forms, ...faults].map((message) =>
    manual(
      'migrate-refused',
      `the cluster would refuse the migrated APIRule: ${message}`,
      'Correct the old APIRule there, and migrate again.',
    ),
  );
}
