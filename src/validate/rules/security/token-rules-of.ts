import { isJsonObject, type JsonObject, type JsonPath } from '../../../model/json';
import { listAt, objectAt, objectsAt, textOf } from '../../../model/json-fields';
import { knownIssuer, type KnownIssuer } from '../../../model/known-issuers';
import type { Manifest } from '../../../model/manifest';

/** Kinds that name issuers. */
export const kindsWithIssuers = ['APIRule.gateway.kyma-project.io', 'RequestAuthentication.security.istio.io'];

/** Kind whose rules ask for tokens. */
export const apiRuleKind = ['APIRule.gateway.kyma-project.io'];

/** A trusted issuer with its place in the manifest. */
export interface TokenIssuer {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly entry: JsonObject;
  readonly path: JsonPath;
  readonly known?: KnownIssuer;
}

/** One of the alternatives that a token must meet. */
export interface TokenDemand {
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  readonly path: JsonPath;
}

/** A rule of an APIRule that looks at tokens: one with `jwt`, or with restrictions beside an external authorizer. */
export interface TokenRule {
  readonly rule: JsonObject;
  readonly strategy: 'jwt' | 'extAuth';
  /** Place of the rule. */
  readonly rulePath: JsonPath;
  /** Place of `jwt` or `restrictions`. */
  readonly path: JsonPath;
  readonly jwt: JsonObject;
  readonly issuers: readonly TokenIssuer[];
  readonly demands: readonly TokenDemand[];
}

/** `spec` of an APIRule of a version that is served; an empty one for other versions, which are reported as such. */
export function servedSpec(manifest: Manifest): JsonObject {
  return /\/v2(?:alpha1)?$/.test(manifest.apiVersion) ? objectAt(manifest.body, 'spec') : {};
}

/** The rules of an APIRule that look at tokens. */
export function tokenRulesOf(manifest: Manifest): TokenRule[] {
  return objectsAt(servedSpec(manifest), 'rules').flatMap(([rule, index]) => {
    const rulePath = ['spec', 'rules', index];
    const restrictions = objectAt(rule, 'extAuth')['restrictions'];
    return [
      ...(isJsonObject(rule['jwt']) ? [tokenRule(rule, rule['jwt'], 'jwt', rulePath, [...rulePath, 'jwt'])] : []),
      ...(isJsonObject(restrictions) ? [tokenRule(rule, restrictions, 'extAuth', rulePath, [...rulePath, 'extAuth', 'restrictions'])] : []),
    ];
  });
}

/** Every issuer that an APIRule or a RequestAuthentication trusts. */
export function issuersOf(manifest: Manifest): TokenIssuer[] {
  if (manifest.kind === 'APIRule') return tokenRulesOf(manifest).flatMap(({ issuers }) => issuers);
  return objectsAt(objectAt(manifest.body, 'spec'), 'jwtRules').map(([entry, index]) => tokenIssuer(entry, ['spec', 'jwtRules', index]));
}

function tokenRule(rule: JsonObject, jwt: JsonObject, strategy: TokenRule['strategy'], rulePath: JsonPath, path: JsonPath): TokenRule {
  const issuers = objectsAt(jwt, 'authentications').map(([entry, index]) => tokenIssuer(entry, [...path, 'authentications', index]));
  const demands = objectsAt(jwt, 'authorizations').map(([entry, index]) => ({
    scopes: listAt(entry, 'requiredScopes').map(textOf),
    audiences: listAt(entry, 'audiences').map(textOf),
    path: [...path, 'authorizations', index],
  }));
  return { rule, strategy, rulePath, path, jwt, issuers, demands };
}

function tokenIssuer(entry: JsonObject, path: JsonPath): TokenIssuer {
  const issuer = textOf(entry['issuer']);
  const known = knownIssuer(issuer);
  return { issuer, jwksUri: textOf(entry['jwksUri']), entry, path, ...(known && { known }) };
}
