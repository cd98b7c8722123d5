import type { Decision } from '../../model/access';
import type { AuthorizationPolicy, JwtRule, PolicyCondition, PolicyRule, PolicySource, Workload } from '../../model/istio';
import { ingressPrincipal } from '../../model/mesh';
import { leastCallers, type Caller } from '../../model/search/caller';
import { selects } from '../../model/select-workload';
import { variantsOf } from '../../model/service-workload';
import { nameOfPolicy } from '../name-of-policy';
import type { CallerClass } from './matrix';
import { tokenPlace } from './token-place';

/** One alternative of a policy, with the callers who have just what it asks for. */
export interface Alternative {
  readonly policy: AuthorizationPolicy;
  readonly rule: PolicyRule;
  readonly callers: readonly Caller[];
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  readonly conditions: readonly string[];
}

/** What the ALLOW policies of a workload ask for, one alternative for each source of each of their rules. */
export function alternativesAt(
  policies: readonly AuthorizationPolicy[],
  workload: Workload,
  jwtRules: readonly JwtRule[],
): readonly Alternative[] {
  const issuers = [...new Set(jwtRules.map(({ issuer }) => issuer))];
  const pods = variantsOf(workload);
  const here = policies.filter(
    (policy) => policy.action === 'ALLOW' && pods.some((one) => selects(policy, one, policy.origin !== undefined) !== false),
  );
  return here.flatMap((policy) =>
    policy.rules.flatMap((rule) => sourcesOf(rule).map((source) => alternativeOf(policy, withSource(rule, source), source, issuers))),
  );
}

/** An alternative through which somebody gets in, with what becomes of its callers. */
export interface Admission {
  readonly alternative: Alternative;
  readonly admitted: readonly { readonly caller: Caller; readonly decision: Decision }[];
}

/** Holders of tokens who get in, those with equal demands together, and the policies that admit them. */
export function callerClasses(
  admissions: readonly Admission[],
  jwtRules: readonly JwtRule[],
): { readonly callers: readonly CallerClass[]; readonly decidedBy: readonly string[] } {
  const found = new Map<string, { issuers: Set<string>; callers: Omit<CallerClass, 'issuers'> }>();
  const decidedBy = new Set<string>();
  for (const { alternative, admitted } of admissions) {
    const { scopes, audiences, conditions, policy } = alternative;
    decidedBy.add(nameOfPolicy(policy));
    for (const { caller } of admitted) {
      const rules = jwtRules.filter(({ issuer }) => issuer === caller.issuer);
      const tokenFrom = [...new Set(rules.flatMap(tokenPlace))].sort();
      const callers = { scopes, audiences, conditions, tokenFrom };
      const key = JSON.stringify(callers);
      const group = found.get(key) ?? { issuers: new Set(), callers };
      if (caller.issuer !== undefined) group.issuers.add(caller.issuer);
      found.set(key, group);
    }
  }
  const classes = [...found.values()].map(({ issuers, callers }) => ({ issuers: [...issuers].sort(), ...callers }));
  return { callers: classes, decidedBy: [...decidedBy].sort() };
}

function sourcesOf({ from }: PolicyRule): readonly PolicySource[] {
  return from.length === 0 ? [{}] : from;
}

function withSource(rule: PolicyRule, source: PolicySource): PolicyRule {
  return { ...rule, from: [source] };
}

const scopeKeys = new Set(['scp', 'scope', 'scopes'].map((claim) => `request.auth.claims[${claim}]`));
const audienceKeys = new Set(['request.auth.claims[aud]', 'request.auth.audiences']);

function alternativeOf(policy: AuthorizationPolicy, rule: PolicyRule, source: PolicySource, issuers: readonly string[]): Alternative {
  const plain = rule.when.filter(({ notValues }) => notValues === undefined);
  const others = rule.when.filter((condition) => !plain.includes(condition) || !isScopeOrAudience(condition));
  return {
    policy,
    rule,
    callers: leastCallers(rule, issuers),
    scopes: valuesOf(plain.filter(({ key }) => scopeKeys.has(key))),
    audiences: valuesOf(plain.filter(({ key }) => audienceKeys.has(key))),
    conditions: [...sourceConditions(source), ...others.map(conditionText)],
  };
}

function isScopeOrAudience({ key }: PolicyCondition): boolean {
  return scopeKeys.has(key) || audienceKeys.has(key);
}

function valuesOf(conditions: readonly PolicyCondition[]): string[] {
  return conditions.map(({ values = [] }) => values.join(' or '));
}

function conditionText({ key, values, notValues }: PolicyCondition): string {
  const parts = [...(values ? [`is ${values.join(' or ')}`] : []), ...(notValues ? [`is not ${notValues.join(' or ')}`] : [])];
  return `${key} ${parts.join(' and ')}`;
}

/** What a source asks for beside the ingress gateway and the issuer. */
function sourceConditions(source: PolicySource): string[] {
  const { requestPrincipals = [], principals, unsupported: _, ...others } = source;
  const subjects = requestPrincipals.filter((principal) => principal !== '*' && !principal.endsWith('/*'));
  const more = Object.entries(others as Readonly<Record<string, readonly string[] | undefined>>);
  return [
    ...(subjects.length > 0 ? [`subject is ${subjects.join(' or ')}`] : []),
    ...(principals && !principals.includes(ingressPrincipal) ? [`principals ${principals.join(' or ')}`] : []),
    ...more.flatMap(([name, values]) => (values ? [`${name} ${values.join(' or ')}`] : [])),
  ];
}
