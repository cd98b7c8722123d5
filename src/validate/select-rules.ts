import { closest } from '../model/closest';
import { UsageError } from '../model/errors';
import type { Rule } from './rule';

/**
 * The rules of a run: those that `select` names by id or layer, without those that `ignore` names.
 * @throws {UsageError} ERR_USAGE when a name is neither the id of a rule nor a layer
 */
export function selectRules(
  rules: readonly Rule[],
  { select = [], ignore = [] }: { readonly select?: readonly string[]; readonly ignore?: readonly string[] },
): Rule[] {
  const names = new Set(rules.flatMap(({ id, layer }) => [id, layer]));
  for (const name of [...select, ...ignore]) if (!names.has(name)) throw unknownRule(name, names);
  const named = (list: readonly string[], { id, layer }: Rule): boolean => list.includes(id) || list.includes(layer);
  return rules.filter((rule) => (select.length === 0 || named(select, rule)) && !named(ignore, rule));
}

/** The mistake of naming a rule that does not exist. */
export function unknownRule(name: string, names: Iterable<string>): UsageError {
  const near = closest(name, names);
  return new UsageError(
    `there is no rule "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
    'docs/checks.md lists every rule; schema, controller, security and set name whole layers.',
  );
}
