import type { JsonObject } from '../../model/json';
import { objectAt } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { isSameJson } from '../../model/same-json';

const members = new Set(['apiVersion', 'kind', 'metadata', 'spec']);

/** True for an object that carries what belongs to a cluster and not into a manifest, so that not only its spec is written anew. */
export function needsCleaning({ body }: Manifest, apiRule: JsonObject): boolean {
  return (
    Object.keys(body).some((key) => key === 'status') ||
    !isSameJson(withoutNulls(objectAt(body, 'metadata')), objectAt(apiRule, 'metadata'))
  );
}

/** The members of an APIRule that stand in Git. */
export function cleanApiRule(apiRule: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(apiRule).filter(([key]) => members.has(key)));
}

/** Members that are null count as absent. */
function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}
