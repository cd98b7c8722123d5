import type { ApiRule, Rule, ServiceRef } from './api-rule';
import { bareApiRule } from './bare-manifest';
import { BoundedCache } from './bounded-cache';
import type { Cluster } from './cluster';
import { isJsonObject, type JsonObject, type JsonValue } from './json';
import { listAt, objectAt, textOf } from './json-fields';
import { mayOverlap } from './path-template';
import type { Problem } from './problem';
import { readApiRules } from './read-api-rules';
import { searchOrder, type HoleKind, type SearchResult } from './search/find-holes';
import { translate } from './translate';

/**
 * Finds rules that an earlier one takes all calls from, and protected rules that stand open, because the policies of another rule of the same
 * APIRule let their calls in: policies are joined, and the controller does not leave out every earlier path.
 */
export function ruleOrderProblems(body: JsonObject): Problem[] {
  if (listAt(objectAt(body, 'spec'), 'rules').length < 2) return [];
  const [apiRule] = readApiRules([bareApiRule(body)]).apiRules;
  return apiRule ? problemsOf(apiRule) : [];
}

/**
 * As {@link ruleOrderProblems} before anybody knows the issuers of the rules.
 * @param rules as in an APIRule v2; of `jwt` only its presence counts
 */
export function bareRuleOrderProblems(rules: readonly JsonObject[]): Problem[] {
  if (rules.length < 2) return [];
  const bare = rules.map(bareRule);
  return bareProblems.get(JSON.stringify(bare), () => bareRuleProblems(bare));
}

/** Services of one platform often have the same paths. */
const bareProblems = new BoundedCache<Problem[]>(100);

function bareRuleProblems(rules: readonly Rule[]): Problem[] {
  const manifest = bareApiRule({});
  const service: ServiceRef = { name: 'a', port: 80 };
  return problemsOf({ namespace: 'a', name: 'a', hosts: ['a.example'], gateway: 'a/a', service, rules, manifest });
}

function bareRule(entry: JsonObject): Rule {
  const service = serviceOf(entry['service']);
  const access: Rule['access'] =
    entry['noAuth'] === true ? { kind: 'noAuth' } : { kind: 'jwt', jwt: { authentications: [], authorizations: [] } };
  return { path: textOf(entry['path']), methods: listAt(entry, 'methods').map(textOf), access, ...(service && { service }) };
}

function serviceOf(value: JsonValue | undefined): ServiceRef | undefined {
  return isJsonObject(value) ? { name: JSON.stringify(value), port: 80 } : undefined;
}

function problemsOf(apiRule: ApiRule): Problem[] {
  const { rules } = apiRule;
  if (!rules.some(({ path }, at) => rules.slice(at + 1).some((later) => mayOverlap(path, later.path)))) return [];
  const istio = { virtualServices: [], requestAuthentications: [], authorizationPolicies: [] };
  const cluster: Cluster = { apiRules: [apiRule], services: [], istio, domains: {}, realized: new Set(), owners: new Map() };
  const found = searchOrder(cluster, translate(cluster));
  return [...shadowedProblems(found), ...holeProblems(found)];
}

function shadowedProblems({ reaches }: Pick<SearchResult, 'reaches'>): Problem[] {
  return reaches.flatMap(({ apiRule, index, method, meant, takenBy }): Problem[] => {
    const rule = apiRule.rules[index];
    if (meant !== undefined || !takenBy || !rule) return [];
    const opened = takenBy.rule.access.kind === 'noAuth' && rule.access.kind !== 'noAuth';
    const first = `spec.rules[${takenBy.index}]`;
    const reason = opened ? `the public ${first} takes it first: a public rule opens the protected path` : `${first} takes it first`;
    const message = `never gets ${method} ${rule.path}, because ${reason}`;
    return [{ id: 'api-rule-shadowed', path: ['spec', 'rules', index], message, fix: 'put special paths before general ones' }];
  });
}

const holes: Readonly<Record<HoleKind, { readonly id: string; readonly who: string }>> = {
  anonymous: { id: 'hole-anonymous', who: 'without a token' },
  'foreign-issuer': { id: 'hole-foreign-issuer', who: 'with a token of an issuer that the rule does not trust' },
  'missing-claims': { id: 'hole-missing-claims', who: 'with a token that lacks what the rule asks for' },
};

function holeProblems(found: Pick<SearchResult, 'holes'>): Problem[] {
  return found.holes.map(({ kind, intent, request, decision }): Problem => {
    const { id, who } = holes[kind];
    const by = decision.admittedBy === undefined ? 'something else' : policyOf(intent.apiRule, decision.admittedBy.rule);
    const message = `stands open: ${by} lets ${request.method} ${request.path} in ${who}, so another rule opens the protected path`;
    return { id, path: ['spec', 'rules', intent.index], message, fix: 'name the paths of the other rule one by one' };
  });
}

function policyOf({ rules }: ApiRule, index: number): string {
  return `the policy of the ${rules[index]?.access.kind === 'noAuth' ? 'public ' : ''}spec.rules[${index}]`;
}
