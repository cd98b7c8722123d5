import type { JwtConfig, Rule } from './api-rule';
import type { JwtRule, RequestAuthentication } from './istio';
import type { RuleInPlace } from './rule-in-place';

/** RequestAuthentications of one APIRule: one for each distinct selector, namespace and list of issuers. */
export function requestAuthenticationsOf(rules: readonly RuleInPlace[]): RequestAuthentication[] {
  const found = new Map<string, RequestAuthentication>();
  for (const { apiRule, rule, destination, selector } of rules) {
    const jwt = jwtOf(rule);
    if (!jwt) continue;
    const issuers = jwt.authentications.map(({ issuer, jwksUri }) => `${issuer}:${jwksUri}`).join('');
    const key = JSON.stringify([Object.entries(selector).sort(), issuers, destination.namespace]);
    if (found.has(key)) continue;
    const owner = `${apiRule.namespace}/${apiRule.name}`;
    found.set(key, { namespace: destination.namespace, name: apiRule.name, apiRule: owner, selector, jwtRules: jwtRulesOf(jwt) });
  }
  return [...found.values()];
}

/** Issuers and demands of a rule; `undefined` for one that looks at no token. */
export function jwtOf(rule: Rule): JwtConfig | undefined {
  if (rule.access.kind === 'jwt') return rule.access.jwt;
  return rule.access.kind === 'extAuth' ? rule.access.restrictions : undefined;
}

function jwtRulesOf(jwt: JwtConfig): JwtRule[] {
  return jwt.authentications.map(({ issuer, jwksUri, fromHeaders = [], fromParams = [] }) => ({
    issuer,
    jwksUri,
    fromHeaders,
    fromParams,
  }));
}
