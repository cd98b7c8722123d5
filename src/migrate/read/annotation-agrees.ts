import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json';
import { listAt, objectAt, textOf } from '../../model/json-fields';
import { isSameJson } from '../../model/same-json';

/**
 * Where a spec in v2 form says something else than the old spec in the annotation beside it. The conversion webhook writes rules into the
 * spec only where they say what the annotation says; anything else was written by hand, and then nobody knows which of the two is meant.
 *
 * @returns the member of the spec that differs; undefined when none does
 * @see Kyma API Gateway, conversion of v1beta1 to v2
 */
export function contradictionOf(spec: JsonObject, old: JsonObject): 'hosts' | 'rules' | undefined {
  const hosts = listAt(spec, 'hosts').map((host) => textOf(host).toLowerCase());
  if (hosts.length > 0 && !isSameJson(hosts, [textOf(old['host']).toLowerCase()])) return 'hosts';
  const rules = listAt(spec, 'rules');
  if (rules.length === 0) return undefined;
  return isSameJson(rules.map(accessOf), listAt(old, 'rules').map(convertedAccess)) ? undefined : 'rules';
}

/** What decides who may call, of a rule in v2 form. */
function accessOf(rule: JsonValue): JsonValue {
  if (!isJsonObject(rule)) return null;
  const { path = null, methods = null, noAuth, jwt, extAuth } = rule;
  return { path, methods, ...withoutEmpty({ ...(noAuth === true && { noAuth }), jwt: jwt ?? null, extAuth: extAuth ?? null }) };
}

/** What the webhook makes of it, of an old rule; without access where it makes nothing. */
function convertedAccess(rule: JsonValue): JsonValue {
  if (!isJsonObject(rule)) return null;
  const { path = null, methods = null } = rule;
  const [strategy, ...others] = listAt(rule, 'accessStrategies').filter(isJsonObject);
  const access = strategy && others.length === 0 ? strategyAccess(textOf(strategy['handler']), objectAt(strategy, 'config')) : {};
  return { path, methods, ...withoutEmpty(access) };
}

function strategyAccess(handler: string, config: JsonObject): JsonObject {
  if (handler === 'no_auth') return { noAuth: true };
  if (handler !== 'jwt') return {};
  const { authentications = null, authorizations = null } = config;
  if (authentications !== null || authorizations !== null) return { jwt: { authentications, authorizations } };
  const [issuer = null] = listAt(config, 'trusted_issuers');
  const [jwksUri = null] = listAt(config, 'jwks_urls');
  const { required_scope: requiredScopes = null, target_audience: audiences = null } = config;
  return { jwt: { authentications: [{ issuer, jwksUri }], authorizations: [{ requiredScopes, audiences }] } };
}

/** Leaves out what says nothing: null, and objects and lists that hold nothing else. */
function withoutEmpty(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]): [string, JsonValue][] => {
      const kept = saying(value);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

function saying(value: JsonValue | undefined): JsonValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) {
    // An empty entry beside others says something: as an authorization, that every token passes.
    const kept = value.map(saying);
    return kept.every((entry) => entry === undefined) ? undefined : kept.map((entry) => entry ?? {});
  }
  if (!isJsonObject(value)) return value;
  const kept = withoutEmpty(value);
  return Object.keys(kept).length > 0 ? kept : undefined;
}
