import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json';
import { objectAt } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';

/** Annotations in which the controller and kubectl keep their own books. */
const booksOf = /^(?:gateway\.kyma-project\.io\/(?:original-version|v1beta1-spec|v2alpha1-rules|migration-step)|kubectl\.kubernetes\.io\/last-applied-configuration)$/;

/** Members of metadata that an API server fills in. */
const serverMembers = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
  'finalizers',
  'ownerReferences',
]);

/** True for an object that carries what belongs to a cluster and not into a manifest. */
export function needsCleaning({ body, annotations }: Manifest): boolean {
  const metadata = objectAt(body, 'metadata');
  return body['status'] !== undefined || Object.keys(metadata).some((key) => serverMembers.has(key)) || Object.keys(annotations).some((key) => booksOf.test(key));
}

/** The APIRule as a manifest for Git: without status, without what an API server fills in, without the books of the controller. */
export function cleanApiRule(apiRule: JsonObject): JsonObject {
  const { apiVersion = null, kind = null, spec = null } = apiRule;
  const metadata = Object.fromEntries(
    Object.entries(objectAt(apiRule, 'metadata')).flatMap(([key, value]) => (serverMembers.has(key) ? [] : membersOf(key, value ?? null))),
  );
  return { apiVersion, kind, metadata, spec };
}

function membersOf(key: string, value: JsonValue): readonly (readonly [string, JsonValue])[] {
  if (key !== 'annotations' || !isJsonObject(value)) return [[key, value]];
  const kept = Object.entries(value).filter(([name]) => !booksOf.test(name));
  return kept.length === 0 ? [] : [[key, Object.fromEntries(kept)]];
}
