import type { JwtRule } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { typedExtension } from './typed-config';

/** Name that Envoy keeps claims under. */
export const jwtFilterName = 'envoy.filters.http.jwt_authn';
/** Key below it. */
export const payloadKey = 'payload';
const jwtType = 'envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication';

/** Tells the key set (a JWKS in JSON) that an issuer's tokens are verified with. */
export type KeysOf = (rule: JwtRule) => JsonObject;

/**
 * The JWT filter of a workload, as Istio makes it of all issuers that the workload trusts: no token passes, any issuer that accepts
 * the token is enough, and a token that nobody accepts is refused. None when the workload trusts no issuer.
 */
export function jwtFilters(rules: readonly JwtRule[], keysOf: KeysOf): JsonObject[] {
  if (rules.length === 0) return [];
  const sorted = [...rules].sort((a, b) => (a.issuer < b.issuer ? -1 : a.issuer > b.issuer ? 1 : 0));
  const names = sorted.map((_rule, index) => `origins-${index}`);
  const providers = Object.fromEntries(sorted.map((rule, index) => [names[index] ?? '', providerOf(rule, keysOf(rule))]));
  const requirement = { match: { prefix: '/' }, requires: requirementOf(names) };
  return [typedExtension(jwtFilterName, jwtType, { providers, rules: [requirement], bypass_cors_preflight: true })];
}

function providerOf({ issuer, fromHeaders, fromParams }: JwtRule, keys: JsonObject): JsonObject {
  return {
    issuer,
    forward: true,
    payload_in_metadata: payloadKey,
    normalize_payload_in_metadata: { space_delimited_claims: ['permission', 'scope'] },
    from_headers: fromHeaders.map(({ name, prefix }) => ({ name, ...(prefix === undefined ? {} : { value_prefix: prefix }) })),
    from_params: [...fromParams],
    local_jwks: { inline_string: JSON.stringify(keys) },
  };
}

function requirementOf(names: readonly string[]): JsonObject {
  const each = names.map((name) => ({ provider_name: name }));
  const orMissing = each.map((one) => ({ requires_any: { requirements: [one, { allow_missing: {} }] } }));
  const [only] = orMissing;
  if (orMissing.length === 1 && only) return only;
  return { requires_any: { requirements: [...each, { requires_all: { requirements: orMissing } }] } };
}
