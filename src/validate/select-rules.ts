import { closest } from '../model/closest';
import { UsageError } from '../model/errors';
import type { RuleFacts } from './rule';

/** Names of rules and layers that are meant, or not meant. */
export interface Selection {
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
}

/** True for a rule that `select` names by id or layer, or that nothing is selected beside, and that `ignore` does not name. */
export function isSelected({ id, layer }: Pick<RuleFacts, 'id' | 'layer'>, { select = [], ignore = [] }: Selection): boolean {
  const named = (list: readonly string[]): boolean => list.includes(id) || list.includes(layer);
  return (select.length === 0 || named(select)) && !named(ignore);
}

/**
 * Refuses names that mean nothing, so that a typing error does not leave a rule out.
 * @throws {UsageError} ERR_USAGE when a name is neither the id of a rule nor a layer
 */
export function checkSelection(known: readonly RuleFacts[], { select = [], ignore = [] }: Selection): void {
  const names = new Set(known.flatMap(({ id, layer }) => [id, layer]));
  for (const [option, list] of Object.entries({ select, ignore }))
    for (const name of list) {
      if (name.includes(',')) throw severalRules(option, name);
      if (!names.has(name)) throw unknownRule(name, names);
    }
}

function severalRules(option: string, text: string): UsageError {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  const repeated = parts.map((part) => `--${option} ${part.trim()}`).join(' ');
  return new UsageError(`"${text}" is no name of a rule`, `Several rules are several values; repeat the option: ${repeated}`);
}

/** The mistake of naming a rule that does not exist. */
export function unknownRule(name: string, names: Iterable<string>): UsageError {
  const near = closest(name, names);
  return new UsageError(
    `there is no rule "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
    'docs/checks.md lists every rule; schema, controller, security and set name whole layers.',
  );
}
