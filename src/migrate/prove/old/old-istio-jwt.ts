import type { Authentication, Rule } from '../../../model/api-rule';
import { bareApiRule } from '../../../model/bare-manifest';
import type { AuthorizationPolicy, IstioObjects, RequestAuthentication } from '../../../model/istio';
import type { JsonObject } from '../../../model/json';
import { readApiRules } from '../../../model/read-api-rules';
import { trusting } from '../../../model/search/caller-keys';
import { demandsOf } from '../../../model/translate-policies';
import type { OldHandler } from '../../old-api-rule';
import type { ReplacedIssuer } from './replaced-issuer';
import type { OldModel, OldRoute } from './old-model';
import type { OldTokenFacts } from './old-token';

/**
 * What the proxy of a workload went by for a request: objects as of today for each rule whose tokens it checked itself and that takes the path,
 * for the methods that the rule lists. Policies are joined, so that one of them is enough.
 * @param rules that take the path, on one workload
 */
export function istioObjectsOf(
  rules: readonly OldRoute[],
  { beside, replaced }: Pick<OldModel, 'beside' | 'replaced'>,
  facts: OldTokenFacts,
): IstioObjects {
  const made = rules.map((rule) => objectsOf(rule, replaced));
  const objects: IstioObjects = {
    virtualServices: [],
    requestAuthentications: [...beside.requestAuthentications, ...made.map(({ authentication }) => authentication)],
    authorizationPolicies: [...beside.authorizationPolicies, ...made.map(({ policy }) => policy)],
  };
  return [...facts.values()].reduce(
    (found, { issuer, keys }) =>
      trusting(found, { claims: {}, headers: {}, ...(issuer !== undefined && { issuer }), ...(keys !== undefined && { keys }) }),
    objects,
  );
}

function objectsOf(
  route: OldRoute,
  replaced: readonly ReplacedIssuer[],
): { readonly authentication: RequestAuthentication; readonly policy: AuthorizationPolicy } {
  const { namespace, labels } = route.destination.workload;
  const rule = currentRuleOf(route, replaced);
  const jwt = rule?.access.kind === 'jwt' ? rule.access.jwt : { authentications: [], authorizations: [] };
  const made = { namespace, name: 'old', selector: labels };
  const jwtRules = jwt.authentications.map(({ issuer, jwksUri, fromHeaders = [], fromParams = [] }) => ({
    issuer,
    jwksUri,
    fromHeaders,
    fromParams,
  }));
  const demands = rule ? demandsOf(rule).map((demand) => ({ ...demand, to: [{ methods: route.rule.methods }] })) : [];
  return {
    authentication: { ...made, apiRule: route.origin.apiRule, jwtRules },
    policy: { ...made, origin: route.origin, action: 'ALLOW', rules: demands },
  };
}

/** Issuers that an old rule trusted in a form that Istio reads. */
export function authenticationsOf({ config }: Pick<OldHandler, 'config'>): readonly Authentication[] {
  const rule = readRule(config, ['GET']);
  return rule?.access.kind === 'jwt' ? rule.access.jwt.authentications : [];
}

/** The rule as one of today, with the issuers that take the place of others by word of the user. */
export function currentRuleOf({ rule }: OldRoute, replaced: readonly ReplacedIssuer[]): Rule | undefined {
  const [strategy] = rule.accessStrategies;
  const read = readRule(strategy?.config ?? {}, rule.methods);
  if (read?.access.kind !== 'jwt') return undefined;
  const { authentications, authorizations } = read.access.jwt;
  const all = authentications.flatMap((one) => [
    one,
    ...replaced
      .filter(({ from }) => from.includes(one.issuer) || from.includes(one.jwksUri))
      .map(({ issuer, jwksUri }) => ({ ...one, issuer, jwksUri })),
  ]);
  return { ...read, access: { kind: 'jwt', jwt: { authentications: all, authorizations } } };
}

function readRule(config: JsonObject, methods: readonly string[]): Rule | undefined {
  const rule = { path: '/*', methods: [...methods], jwt: config };
  const body: JsonObject = { metadata: { name: 'old', namespace: 'old' }, spec: { hosts: ['old.example'], rules: [rule] } };
  return readApiRules([bareApiRule(body)]).apiRules[0]?.rules[0];
}
