import { isJsonObject, type JsonPath, type JsonValue } from '../../model/json';
import { objectAt } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { isSecretStep } from '../../model/secret-path';
import { contentDigest } from '../../model/short-digest';
import type { Finding } from '../rule';

/**
 * Digest over what a finding speaks of. Messages name what is wrong, not everything that it concerns: the same words about a rule that now has
 * another path, host or method are another finding. Nothing that may be a secret goes into it.
 *
 * @returns undefined when the finding speaks of the object as a whole
 */
export function findingContent({ manifest, path, rests }: Finding): string | undefined {
  const place = contentPlace(path);
  const value = place.length === 0 ? undefined : withoutSecrets(valueAt(manifest.body, place), place, manifest.kind);
  if (value === undefined && rests === undefined) return undefined;
  return contentDigest([value ?? null, surroundings(manifest, path), rests ?? null]);
}

/** The outermost entry of a list that holds the place, such as `spec.rules[0]`, or the place itself. */
function contentPlace(path: JsonPath): JsonPath {
  const entry = path.findIndex((step) => typeof step === 'number');
  return entry < 0 ? path : path.slice(0, entry + 1);
}

/** What decides how much a rule of the object opens. */
function surroundings({ kind, body }: Manifest, [first]: JsonPath): JsonValue {
  const { hosts = null, service = null, gateway = null, ...more } = objectAt(body, 'spec');
  if (first !== 'spec') return null;
  if (kind === 'APIRule') return { hosts, service, gateway };
  return ['AuthorizationPolicy', 'RequestAuthentication'].includes(kind) ? more : null;
}

function valueAt(body: JsonValue, path: JsonPath): JsonValue | undefined {
  let value: JsonValue | undefined = body;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (isJsonObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

function withoutSecrets(value: JsonValue | undefined, path: JsonPath, kind: string): JsonValue | undefined {
  if (value === undefined || isSecretStep(path, path.length === 1 ? kind : undefined)) return undefined;
  if (Array.isArray(value)) return value.map((entry, index) => withoutSecrets(entry, [...path, index], kind) ?? null);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [key, withoutSecrets(member, [...path, key], kind) ?? null] as const);
  return Object.fromEntries(members);
}
