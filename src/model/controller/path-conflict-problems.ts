import { isJsonObject, type JsonObject, type JsonPath } from '../json';
import { listAt, textOf } from '../json-fields';
import type { Problem } from '../problem';
import { conflictReport, type ListedRule } from './conflict-report';
import { pathConflicts, type PathConflict } from './path-conflict';
import { comparedPath } from './path-trie';

/**
 * Finds rules whose paths collide: the same path and method twice, a method listed twice, and whatever else the controller takes for a
 * conflict, false positives included.
 *
 * @param spec of an APIRule v2
 */
export function pathConflictProblems(spec: JsonObject): Problem[] {
  const rules = listedRules(spec);
  const conflicts: PathConflict[][] = rules.map(() => []);
  for (const conflict of pathConflicts(rules)) conflicts[conflict.rule]?.push(conflict);
  const repeats = repeatsOf(rules);
  return rules.flatMap((rule, index) => {
    const own = conflicts[index] ?? [];
    const repeated = repeats[index] ?? new Map<string, number>();
    const others = own.filter(({ method, position }) => !repeated.has(method) && rule.methods.indexOf(method) === position);
    return [
      ...methodsTwice(rule, ['spec', 'rules', index, 'methods'], own),
      ...(repeated.size > 0 ? [repeatProblem(rule, ['spec', 'rules', index, 'path'], repeated, own)] : []),
      ...(others.length > 0 ? [conflictReport(rules, index, others)] : []),
    ];
  });
}

function listedRules(spec: JsonObject): ListedRule[] {
  return listAt(spec, 'rules').map((rule) => {
    const entry = isJsonObject(rule) ? rule : {};
    return { entry, path: textOf(entry['path']), methods: listAt(entry, 'methods').map(textOf) };
  });
}

/** For each rule, the methods that an earlier rule has for the same path, with the index of that rule. */
function repeatsOf(rules: readonly ListedRule[]): Map<string, number>[] {
  const seen = new Map<string, number>();
  return rules.map(({ path, methods }, index) => {
    const repeated = new Map<string, number>();
    for (const method of new Set(methods)) {
      const key = `${method} ${comparedPath(path)}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, index);
      else repeated.set(method, first);
    }
    return repeated;
  });
}

function methodsTwice({ methods }: ListedRule, path: JsonPath, conflicts: readonly PathConflict[]): Problem[] {
  return methods.flatMap((method, index) => {
    if (methods.indexOf(method) === index) return [];
    const says = conflicts.find(({ position }) => position === index)?.says;
    const problem: Problem = { id: 'api-rule-methods', path: [...path, index], message: `${method} is listed twice` };
    return [{ ...problem, fix: 'list each method once', ...(says !== undefined && { says }) }];
  });
}

function repeatProblem(
  rule: ListedRule,
  path: JsonPath,
  repeated: ReadonlyMap<string, number>,
  conflicts: readonly PathConflict[],
): Problem {
  const told = [...new Set(repeated.values())].map((first) => {
    const methods = [...repeated].filter(([, index]) => index === first).map(([method]) => method);
    return `${methods.join(', ')} ${comparedPath(rule.path)} of spec.rules[${first}]`;
  });
  const says = wordsOf(conflicts.filter(({ method }) => repeated.has(method)));
  const unseen = says === undefined ? ', which the controller does not notice, so that the policies of one of the two may be lost' : '';
  const problem: Problem = { id: 'api-rule-repeated', path, message: `repeats ${told.join(' and ')}${unseen}` };
  return { ...problem, fix: 'keep one rule for each path and method', ...(says !== undefined && { says }) };
}

/** The words of the controller for several conflicts, each once. */
function wordsOf(conflicts: readonly PathConflict[]): string | undefined {
  return conflicts.length === 0 ? undefined : [...new Set(conflicts.map(({ says }) => says))].join('\n');
}
