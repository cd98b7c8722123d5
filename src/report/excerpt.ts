import type { Where } from '../model/check-result';
import { neutralizeForTerminal } from './neutralize';

/** Columns of a source line that are shown at most; the one that matters stands among them. */
const width = 120;
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const combining = /\p{Mn}|\p{Me}/u;

/** The line of the source with its number and a caret under the column, neutralized; nothing when the line is not known. */
export function renderExcerpt({ excerpt, line, column }: Where): readonly string[] {
  if (excerpt === undefined || line === undefined) return [];
  const at = column === undefined || column > excerpt.length ? undefined : column - 1;
  const start = excerpt.length <= width ? 0 : Math.max(0, Math.min((at ?? 0) - width / 2, excerpt.length - width));
  const shown = visible(excerpt.slice(start, start + width));
  const [before, after] = [start > 0 ? '… ' : '', start + width < excerpt.length ? ' …' : ''];
  const source = `${line} | ${before}${shown}${after}`.trimEnd();
  if (at === undefined) return [source];
  const caret = ' '.repeat(columns(before) + columns(visible(excerpt.slice(start, at))));
  return [source, `${' '.repeat(String(line).length)} | ${caret}^`];
}

/** Halves of a character that the window cut apart are left out; tabs are as wide here as anywhere. */
function visible(text: string): string {
  return neutralizeForTerminal(
    text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '').replace(/\s/g, (space) => (space === '\t' ? '  ' : ' ')),
  );
}

/** How many columns of a terminal a text takes. */
function columns(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (combining.test(character) ? 0 : wide.test(character) ? 2 : 1), 0);
}
