import { ruleMethods } from '../../model/api-rule';
import type { OldRule } from '../old-api-rule';
import { listed as list, manual, note, quoted, type RuleNote } from './rule-notes';
import type { TranslateSettings } from './settings';

const known: ReadonlySet<string> = new Set(ruleMethods);

/** Methods of the migrated rule, each once. Empty after a note of effect `manual`. */
export interface TranslatedMethods {
  readonly methods: readonly string[];
  readonly notes: readonly RuleNote[];
}

/** What decides about methods beside those that a rule lists. */
export interface MethodSettings extends Pick<TranslateSettings, 'allowMethods'> {
  /** True for a rule with the handler `allow`. */
  readonly allows: boolean;
}

/** Translates methods. Oathkeeper compared them letter by letter, so those that no request has are left out; `allow` let every method in. */
export function translateMethods(listed: OldRule['methods'], { allows, allowMethods }: MethodSettings): TranslatedMethods {
  if (allows && allowMethods === 'all') return { methods: [...ruleMethods], notes: [allMethods] };
  const spelled = [...new Set(allows ? listed.map((method) => method.toUpperCase()) : listed)];
  const methods = spelled.filter((method) => known.has(method));
  const unknown = spelled.filter((method) => !known.has(method));
  return { methods, notes: unknown.length > 0 ? [unknownNote(unknown, methods.length)] : [] };
}

function unknownNote(unknown: readonly string[], left: number): RuleNote {
  const message = `APIRule v2 does not know the ${unknown.length > 1 ? 'methods' : 'method'} ${quoted(unknown)}`;
  const fix = `Name methods out of ${ruleMethods.join(', ')}, in capital letters.`;
  return left > 0
    ? note('migrate-method', 'stricter', `${message}, so the rule goes on without`, fix)
    : manual('migrate-method', message, fix);
}

const allMethods: RuleNote = note(
  'migrate-allow-methods',
  'open',
  'the handler allow let every method in, whatever the rule listed, and all of them are kept',
  'Keep the listed methods only: --allow-methods listed.',
);

/** What no longer passes where only the listed methods of `allow` are kept; nothing when all are. */
export function allowNotes(methods: readonly string[]): RuleNote[] {
  const others = ruleMethods.filter((method) => !methods.includes(method));
  if (others.length === 0) return [];
  const message = `the handler allow let every method in, whatever the rule listed; from now on ${list(others)} no longer pass`;
  return [
    note('migrate-allow-methods', 'stricter', message, 'List the methods that clients use, or keep all of them: --allow-methods all.'),
  ];
}
