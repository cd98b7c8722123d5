import type { Rule } from './api-rule';
import type { JsonObject } from './json';
import { listAt, objectAt, objectsAt, textOf } from './json-fields';
import { policyMatcher, policyPath, routeMatcher, type PathMatcher } from './path-template';
import type { Problem } from './problem';
import { samplePaths } from './sample-paths';
import { notPathsOf } from './translate-policies';

/** A rule with what matches it, made once. */
interface Matched {
  readonly rule: Rule;
  readonly service: string;
  readonly routes: PathMatcher;
  /** True for paths that the rule's own policies let in, whatever other rules say. */
  readonly admits: PathMatcher;
}

/**
 * Finds rules that an earlier one takes all calls from, and protected rules that stand open, because the policies of a public rule of the same
 * APIRule let their calls in: policies are joined, and the controller does not leave out every earlier path.
 */
export function ruleOrderProblems(body: JsonObject): Problem[] {
  const entries = objectsAt(objectAt(body, 'spec'), 'rules').map(([rule]) => rule);
  if (entries.length < 2) return [];
  const rules = matchedRules(entries);
  return rules.flatMap((current, index) => current.rule.methods.flatMap((method) => problemsOf(rules, current, index, method)));
}

function problemsOf(rules: readonly Matched[], current: Matched, index: number, method: string): Problem[] {
  const earlier = rules.slice(0, index).filter(({ rule }) => rule.methods.includes(method));
  const path = ['spec', 'rules', index];
  const paths = samplePaths(current.rule.path);
  const own = paths.filter((sample) => !earlier.some(({ routes }) => routes(sample)));
  const first = rules.findIndex(({ rule, routes }) => rule.methods.includes(method) && routes(paths[0] ?? ''));
  if (own.length === 0 && first < index) {
    const opened = rules[first]?.rule.access.kind === 'noAuth' && current.rule.access.kind !== 'noAuth';
    const reason = opened
      ? `the public spec.rules[${first}] takes it first: a public rule opens the protected path`
      : `spec.rules[${first}] takes it first`;
    const message = `never gets ${method} ${current.rule.path}, because ${reason}`;
    return paths.length === 0 || first < 0
      ? []
      : [{ id: 'api-rule-shadowed', path, message, fix: 'put special paths before general ones' }];
  }
  return current.rule.access.kind === 'noAuth' ? [] : openProblems(rules, current, index, { method, paths: own });
}

function openProblems(
  rules: readonly Matched[],
  current: Matched,
  index: number,
  call: { readonly method: string; readonly paths: readonly string[] },
): Problem[] {
  for (const [position, { rule, service, admits }] of rules.entries()) {
    if (rule.access.kind !== 'noAuth' || service !== current.service || !rule.methods.includes(call.method)) continue;
    const witness = call.paths.find(admits);
    if (witness === undefined) continue;
    const message = `stands open: the policy of the public spec.rules[${position}] lets ${call.method} ${witness} in without a token, so a public rule opens the protected path`;
    return [{ id: 'api-rule-open', path: ['spec', 'rules', index], message, fix: 'name the public paths one by one' }];
  }
  return [];
}

function matchedRules(entries: readonly JsonObject[]): Matched[] {
  const rules = entries.map(ruleOf);
  return rules.map((rule, index) => {
    const inPolicy = policyMatcher(policyPath(rule.path));
    const excluded = notPathsOf(rules, rule).map(policyMatcher);
    const admits = (path: string) => inPolicy(path) && !excluded.some((matches) => matches(path));
    return { rule, service: JSON.stringify(entries[index]?.['service'] ?? null), routes: routeMatcher(rule.path), admits };
  });
}

/** Only what order and openness depend on: who else may call a protected rule does not matter here. */
function ruleOf(entry: JsonObject): Rule {
  const access: Rule['access'] =
    entry['noAuth'] === true ? { kind: 'noAuth' } : { kind: 'jwt', jwt: { authentications: [], authorizations: [] } };
  return { path: textOf(entry['path']), methods: listAt(entry, 'methods').map(textOf), access };
}
