import type { Authorization, JwtConfig, Rule } from './api-rule';
import type { AuthorizationPolicy, PolicyCondition, PolicyOperation, PolicyRule, PolicySource } from './istio';
import { ingressPrincipal } from './mesh';
import { policyPath } from './path-template';
import type { RuleInPlace } from './rule-in-place';
import { jwtOf } from './translate-authentication';

/** Claims that the controller looks for scopes in; all scopes of one authorization must stand in the same claim. */
const scopeClaims = ['scp', 'scope', 'scopes'] as const;

/** Paths that the controller never excludes from later rules. */
const neverExcluded = new Set(['/*', '/{**}', '/']);

/**
 * AuthorizationPolicies of one APIRule. The controller knows them apart by namespace, selector, operation and position within
 * their rule only: of two that agree in these, the later one replaces the earlier.
 */
export function policiesOf(rules: readonly RuleInPlace[]): AuthorizationPolicy[] {
  const all = rules.map(({ rule }) => rule);
  const desired = new Map<string, AuthorizationPolicy>();
  for (const place of rules) {
    const operation = operationOf(place, all);
    ruleForms(place.rule, operation).forEach((form, position) => {
      const key = JSON.stringify([place.destination.namespace, Object.entries(place.selector).sort(), operation, position]);
      desired.set(key, { ...policyFrame(place, position), ...form });
    });
  }
  return [...desired.values()];
}

/** Paths of other rules that a rule's policies leave out, by the controller's own algorithm, quirks included. */
export function notPathsOf(rules: readonly Rule[], current: Rule): string[] {
  const excluded: string[] = [];
  let before = true;
  for (const rule of rules) {
    if (neverExcluded.has(rule.path)) continue;
    if (rule.path === current.path) before = false;
    else if (before && rule.methods.some((method) => current.methods.includes(method))) excluded.push(rule.path);
  }
  return excluded;
}

/** What a rule itself asks of a caller, as rules of an ALLOW policy, whatever other rules admit. */
export function demandsOf(rule: Rule): PolicyRule[] {
  return ruleForms(rule, {}).flatMap(({ action, rules }) => (action === 'ALLOW' ? rules : []));
}

type PolicyForm = Pick<AuthorizationPolicy, 'action' | 'provider' | 'rules'>;

function policyFrame(place: RuleInPlace, position: number): Omit<AuthorizationPolicy, 'action' | 'rules'> {
  const { apiRule, index, destination, selector } = place;
  return {
    namespace: destination.namespace,
    name: `${apiRule.name}-${index}-${position}`,
    origin: { apiRule: `${apiRule.namespace}/${apiRule.name}`, rule: index },
    selector,
  };
}

function operationOf({ rule, hosts }: RuleInPlace, rules: readonly Rule[]): PolicyOperation {
  const notPaths = notPathsOf(rules, rule);
  return { hosts, methods: rule.methods, paths: [policyPath(rule.path)], ...(notPaths.length > 0 ? { notPaths } : {}) };
}

function ruleForms(rule: Rule, operation: PolicyOperation): PolicyForm[] {
  const { access } = rule;
  const jwt = jwtOf(rule);
  const allow = jwt ? allowForms(jwt, operation) : [allowForm([{ principals: [ingressPrincipal] }], operation, [[]])];
  // No source in CUSTOM policies: callers inside the cluster are checked, too.
  const custom = access.kind === 'extAuth' ? access.authorizers.map((provider) => customForm(provider, operation)) : [];
  return [...custom, ...allow];
}

function customForm(provider: string, operation: PolicyOperation): PolicyForm {
  return { action: 'CUSTOM', provider, rules: [{ from: [], to: [operation], when: [] }] };
}

function allowForms(jwt: JwtConfig, operation: PolicyOperation): PolicyForm[] {
  const source = { principals: [ingressPrincipal], requestPrincipals: jwt.authentications.map(({ issuer }) => `${issuer}/*`) };
  const authorizations: readonly Authorization[] =
    jwt.authorizations.length > 0 ? jwt.authorizations : [{ requiredScopes: [], audiences: [] }];
  return authorizations.map((authorization) => allowForm([source], operation, conditionsOf(authorization)));
}

function allowForm(
  from: readonly PolicySource[],
  operation: PolicyOperation,
  alternatives: readonly (readonly PolicyCondition[])[],
): PolicyForm {
  const rules: PolicyRule[] = alternatives.map((when) => ({ from, to: [operation], when }));
  return { action: 'ALLOW', rules };
}

function conditionsOf({ requiredScopes, audiences }: Authorization): PolicyCondition[][] {
  const demanded = audiences.map((audience) => condition('aud', audience));
  if (requiredScopes.length === 0) return [demanded];
  return scopeClaims.map((claim) => [...requiredScopes.map((scope) => condition(claim, scope)), ...demanded]);
}

function condition(claim: string, value: string): PolicyCondition {
  return { key: `request.auth.claims[${claim}]`, values: [value] };
}
