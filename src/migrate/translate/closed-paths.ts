import { coversPath } from '../../model/controller/path-cover';
import { commonPath } from '../../model/path-intersection';
import { routeMatcher } from '../../model/path-template';
import { isOpen, type Candidate } from './candidate';
import { isInTheWay, listed, manual, note, type RuleNote, type PlacedNote } from './rule-notes';
import type { TranslatedRule } from './translate-rule';

/** What must stay closed where no new rule says so: rules that refused everybody, and paths that a protected rule loses. */
export function closedPathNotes(translated: readonly TranslatedRule[], rules: readonly Candidate[]): PlacedNote[] {
  const notes = translated.flatMap((rule, origin) =>
    [...refusedNotes(rule, rules), ...droppedNotes(rule, rules), ...hiddenNotes(rule, rules)].map((one) => ({ ...one, rule: origin })),
  );
  const isLeft = translated.some((rule) => rule.notes.some(isInTheWay));
  if (rules.length > 0 || isLeft) return notes;
  const message = 'no rule lets anybody in, and APIRule v2 asks for one that does';
  return [...notes, { ...manual('migrate-closed', message, 'Delete the APIRule; without it the gateway answers 404.'), rule: 0 }];
}

function refusedNotes({ refuses, dropped }: TranslatedRule, rules: readonly Candidate[]): RuleNote[] {
  if (refuses === undefined) return [];
  const taken = rules.find(({ path }) => dropped !== undefined || refuses.some((refused) => commonPath(refused, path) !== undefined));
  if (!taken)
    return [
      note('migrate-closed', 'changed', 'the rule refused everybody with 401; no new rule takes its path, so the gateway answers 404'),
    ];
  const message = `the rule refused everybody, and ${JSON.stringify(taken.path)} of another rule would take its path, which APIRule v2 cannot forbid`;
  const fix =
    'Close the path with an AuthorizationPolicy of action DENY on the Pods of the service, take the rule out of the old APIRule, and migrate again.';
  return [manual('migrate-closed', message, fix)];
}

function droppedNotes({ candidates, dropped }: TranslatedRule, rules: readonly Candidate[]): RuleNote[] {
  if (dropped === undefined || candidates.every(isOpen)) return [];
  const taken = rules.find((rule) => isOpen(rule) && routeMatcher(rule.path)(dropped));
  if (!taken) return [];
  const message = `the new paths of the rule leave out ${JSON.stringify(dropped)}, which the public ${JSON.stringify(taken.path)} would take, so it would stand open`;
  return [
    manual(
      'migrate-path',
      message,
      'Give the rule a path whose operators fill whole segments and that holds all it protects, and migrate again.',
    ),
  ];
}

/**
 * Methods that a special rule does not list, and that a general one would take: the route of the special rule led to where they were refused.
 * A policy leaves out the paths of earlier rules only where both have a method in common.
 */
function hiddenNotes({ candidates }: TranslatedRule, rules: readonly Candidate[]): RuleNote[] {
  return candidates.flatMap((special) => {
    if (special.servedBy !== 'oathkeeper' && special.servedBy !== 'proxy') return [];
    const general = rules.find((rule) => isOpenedBy(special, rule, rules));
    if (!general) return [];
    const message = `${listed(general.methods)} ${JSON.stringify(special.path)} was refused, because the rule does not list it, and the public ${JSON.stringify(general.path)} would let it in`;
    return [
      manual(
        'migrate-order',
        message,
        `List ${listed(general.methods)} in this rule, or a method of it in the other one, and migrate again.`,
      ),
    ];
  });
}

function isOpenedBy(special: Candidate, general: Candidate, rules: readonly Candidate[]): boolean {
  if (!isOpen(general) || general.servedBy === 'oathkeeper' || general.origin < special.origin) return false;
  if (!coversPath(general.path, special.path) || general.path === special.path) return false;
  const isExcluded = rules.some(({ path, methods }) => path === special.path && general.methods.some((method) => methods.includes(method)));
  return !isExcluded && general.methods.some((method) => !special.oldMethods.includes(method));
}
