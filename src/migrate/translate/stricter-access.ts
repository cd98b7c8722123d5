import { isJsonObject, type JsonObject } from '../../model/json';
import { listAt, objectAt, textOf } from '../../model/json-fields';
import { isSameJson } from '../../model/same-json';

/**
 * True when every token that one rule takes is one that the other takes, too, as far as their issuers, scopes and audiences tell. False also
 * when it cannot tell.
 * @param strict members of a rule of APIRule v2 that asks for a token
 */
export function isAtLeastAsStrict(strict: JsonObject, loose: JsonObject): boolean {
  const [own, other] = [accessOf(strict), accessOf(loose)];
  if (isSameJson(own, other)) return true;
  if (own['jwt'] === undefined || other['jwt'] === undefined) return false;
  const [jwt, otherJwt] = [objectAt(own, 'jwt'), objectAt(other, 'jwt')];
  const trusted = listAt(otherJwt, 'authentications');
  if (!listAt(jwt, 'authentications').every((entry) => trusted.some((known) => isSameJson(known, entry)))) return false;
  const alternatives = alternativesOf(otherJwt);
  return alternativesOf(jwt).every((demand) => alternatives.some((known) => isWithin(known, demand)));
}

function accessOf({ jwt, extAuth }: JsonObject): JsonObject {
  return { ...(jwt !== undefined && { jwt }), ...(extAuth !== undefined && { extAuth }) };
}

interface Demand {
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
}

/** What a token must carry, one way or another; nothing where the rule names no authorization. */
function alternativesOf(jwt: JsonObject): Demand[] {
  const all = listAt(jwt, 'authorizations')
    .filter(isJsonObject)
    .map((entry) => ({ scopes: listAt(entry, 'requiredScopes').map(textOf), audiences: listAt(entry, 'audiences').map(textOf) }));
  return all.length > 0 ? all : [{ scopes: [], audiences: [] }];
}

function isWithin(few: Demand, many: Demand): boolean {
  return few.scopes.every((scope) => many.scopes.includes(scope)) && few.audiences.every((audience) => many.audiences.includes(audience));
}
