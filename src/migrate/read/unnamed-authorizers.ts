import type { CheckResult } from '../../model/check-result';
import { authorizerToName, namedAuthorizers } from '../../model/controller/authorizer-problems';
import { objectAt } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { whereOf } from '../../model/object-ref';
import { isApiRule } from '../../model/read-api-rules';
import { manualWork } from '../input/manual-work';
import { isOldApiRule } from './is-old-api-rule';

const fix = `Run an authorizer, register it under spec.config.authorizers of the Istio resource, and put its name in the place of ${authorizerToName}.`;

/** What an earlier migration left open in an APIRule of version 2: an authorizer without its name, which the controller refuses. */
export function unnamedAuthorizers(manifest: Manifest): CheckResult[] {
  if (!isApiRule(manifest) || isOldApiRule(manifest)) return [];
  const unnamed = namedAuthorizers(objectAt(manifest.body, 'spec')).filter(({ name }) => name === authorizerToName);
  return unnamed.map(({ path }) =>
    manualWork(
      'migrate-ext-auth',
      whereOf(manifest, path),
      `it still names ${authorizerToName}, and the controller refuses it until a real authorizer stands there`,
      fix,
    ),
  );
}
