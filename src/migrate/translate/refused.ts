import { apiRuleFaults } from '../../model/api-rule-checks';
import { formatJsonPath, type JsonObject } from '../../model/json';
import { textOf, objectAt } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { readApiRules } from '../../model/read-api-rules';
import { manual, type RuleNote } from './rule-notes';

/** What the API server or the controller would say against a migrated APIRule, as far as the object itself tells. */
export function refusedNotes(apiRule: JsonObject): RuleNote[] {
  const forms = readApiRules([manifestOf(apiRule)]).problems.map(({ message }) => message);
  const faults = forms.length > 0 ? [] : apiRuleFaults(apiRule).map(({ path, message }) => `${formatJsonPath(path)} ${message}`);
  return [...forms, ...faults].map((message) =>
    manual('migrate-refused', `the cluster would refuse the migrated APIRule: ${message}`, 'Correct the old APIRule there, and migrate again.'),
  );
}

/** An object that no file holds. */
function manifestOf(body: JsonObject): Manifest {
  const { name, namespace } = objectAt(body, 'metadata');
  return {
    apiVersion: textOf(body['apiVersion']),
    kind: textOf(body['kind']),
    name: textOf(name),
    ...(typeof namespace === 'string' && { namespace }),
    labels: {},
    annotations: {},
    body,
    file: '',
    locate: () => ({ line: 1, column: 1 }),
  };
}
