import type { OldRule } from '../old-api-rule';
import type { PathTranslation } from '../path-translation';
import { manual, note, quoted, type RuleNote } from './rule-notes';

/** What a reviewer must know about the path of a rule, before and after. */
export function pathNotes({ path }: Pick<OldRule, 'path'>, translation: PathTranslation): RuleNote[] {
  const { paths, dropped, widened, reason, dead } = translation;
  const because = reason === undefined ? '' : `: ${reason}`;
  const expression = `the expression ${JSON.stringify(path)}`;
  if (dead) return [note('migrate-path', 'changed', `no request has a path that ${expression} takes, so the rule is left out`)];
  if (paths.length === 0)
    return [manual('migrate-path', `no path of APIRule v2 stands for ${expression}${because}`, proposals(path, translation))];
  const notes: RuleNote[] = [];
  if (dropped !== undefined) {
    notes.push(
      note('migrate-path', 'stricter', `${expression} took ${JSON.stringify(dropped)}, which ${quoted(paths)} does not take${because}`),
    );
  }
  if (widened !== undefined) {
    notes.push(
      note(
        'migrate-path',
        'changed',
        `${expression} did not take ${JSON.stringify(widened)}, which ${quoted(paths)} takes, as allowed${because}`,
      ),
    );
  }
  return notes;
}

function proposals(path: string, { wider = [], narrower = [] }: PathTranslation): string {
  return [
    'Rewrite the path so that each operator fills a segment, and migrate again.',
    ...(narrower.length > 0 ? [`A part of it would be ${quoted(narrower)}.`] : []),
    ...(wider.length > 0 ? [`More than it would be ${quoted(wider)}, which --allow-widening ${JSON.stringify(path)} takes.`] : []),
  ].join(' ');
}
