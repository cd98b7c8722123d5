import type { CheckResult } from '../../model/check-result';
import type { JsonPath } from '../../model/json';
import { listAt, objectAt, objectsAt } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { whereOf } from '../../model/object-ref';
import { isApiRule } from '../../model/read-api-rules';
import { isOldApiRule } from '../read/read-old-api-rule';
import { authorizerToName } from '../translate/ext-auth';
import { noteTitles } from '../translate/note-titles';
import { migrateResult } from '../migrate-result';

/** Places of an APIRule of version 2 where an earlier migration left the name of an authorizer to the user. */
export function placesToName(manifest: Manifest): readonly JsonPath[] {
  if (!isApiRule(manifest) || isOldApiRule(manifest)) return [];
  return objectsAt(objectAt(manifest.body, 'spec'), 'rules').flatMap(([rule, index]) =>
    listAt(objectAt(rule, 'extAuth'), 'authorizers').flatMap((name, at): JsonPath[] =>
      name === authorizerToName ? [['spec', 'rules', index, 'extAuth', 'authorizers', at]] : [],
    ),
  );
}

/** Work that an earlier migration left in an APIRule of version 2. */
export function unnamedAuthorizers(manifest: Manifest): CheckResult[] {
  return placesToName(manifest).map((path) =>
    migrateResult({
      id: 'migrate-ext-auth',
      status: 'fail',
      severity: 'medium',
      title: noteTitles['migrate-ext-auth'],
      message: 'the authorizer of a migrated rule is still to be named; until then the controller refuses the APIRule',
      fix: `Register an authorizer under spec.config.authorizers of the Istio resource, and put its name in the place of ${authorizerToName}.`,
      where: whereOf(manifest, path),
    }),
  );
}
