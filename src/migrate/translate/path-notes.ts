import type { OldRule } from '../old-api-rule';
import type { PathTranslation } from '../path-translation';
import { manual, note, quoted, type RuleNote } from './rule-notes';

/** What a reviewer must know about the path of a rule, before and after. */
export function pathNotes({ path }: Pick<OldRule, 'path'>, translation: PathTranslation): RuleNote[] {
  const { paths, dropped, widened, reason, wider = [] } = translation;
  const because = reason === undefined ? '' : `: ${reason}`;
  if (paths.length === 0) {
    const proposal = wider.length > 0 ? ` ${quoted(wider)} would take more, and needs --allow-widening ${JSON.stringify(path)}.` : '';
    const fix = `Rewrite the path so that each operator fills a segment, and migrate again.${proposal}`;
    return [manual('migrate-path', `no path of APIRule v2 stands for the expression ${JSON.stringify(path)}${because}`, fix)];
  }
  return [
    ...(dropped === undefined
      ? []
      : [
          note(
            'migrate-path',
            'stricter',
            `the expression ${JSON.stringify(path)} took ${JSON.stringify(dropped)}, and ${quoted(paths)} does not${because}`,
          ),
        ]),
    ...(widened === undefined
      ? []
      : [
          note(
            'migrate-path',
            'changed',
            `the expression ${JSON.stringify(path)} did not take ${JSON.stringify(widened)}, and ${quoted(paths)} does, as allowed${because}`,
          ),
        ]),
  ];
}
