import type { JsonValue } from '../../model/json';
import { jsonValuesOf } from '../../model/read-json-text';
import { membersOf, valueEnd, type JsonRange } from '../../model/scan-json';
import type { DocumentRange } from '../../model/split-documents';
import type { PlacedRewrite } from './rewrite';
import type { Splice } from './splice';

/** What replaces APIRules in a JSON text, indented as its other lines are; nothing when the text is no JSON. */
export function rewriteJson(
  text: string,
  { start, end, line }: DocumentRange,
  rewrites: readonly PlacedRewrite[],
): readonly Splice[] | undefined {
  const values = jsonValuesOf({ file: '', text, start, end, line, column: 1 }, end - start);
  if (!values) return undefined;
  return rewrites.flatMap(({ offset, apiRule, isClean }) => {
    const object = { start: offset, end: valueEnd(text, offset, end) };
    const style = styleOf(text, object);
    if (isClean) return [spliceOf(text, object, apiRule, style)];
    return [...membersOf(text, object)].flatMap(({ key, value }) =>
      key === 'apiVersion' || key === 'spec' ? [spliceOf(text, value, apiRule[key] ?? null, style)] : [],
    );
  });
}

/** How an object is laid out. */
interface Style {
  /** White space of one level; empty when everything stands on one line. */
  readonly indent: string;
  readonly newline: string;
  readonly space: string;
}

function styleOf(text: string, object: JsonRange): Style {
  const [first] = membersOf(text, object);
  const gap = text.slice(object.start + 1, first?.keyStart ?? object.start + 1);
  const newline = gap.includes('\r\n') ? '\r\n' : '\n';
  const colon = first ? text.slice(first.keyStart, first.value.start) : '": ';
  const space = colon.endsWith(' ') ? ' ' : '';
  if (!gap.includes('\n')) return { indent: '', newline, space };
  return { indent: gap.slice(gap.lastIndexOf('\n') + 1).slice(lineIndent(text, object.start).length) || '  ', newline, space };
}

function spliceOf(text: string, { start, end }: JsonRange, value: JsonValue, { indent, newline, space }: Style): Splice {
  if (indent === '') return { start, end, text: oneLine(value, space) };
  const outer = lineIndent(text, start);
  const lines = JSON.stringify(value, null, indent).split('\n');
  return { start, end, text: lines.map((part, index) => (index === 0 ? part : outer + part)).join(newline) };
}

/** White space at the beginning of the line of an offset. */
function lineIndent(text: string, at: number): string {
  const begin = text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*/.exec(text.slice(begin, at))?.[0] ?? '';
}

function oneLine(value: JsonValue, space: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => oneLine(item, space)).join(`,${space}`)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${space}${oneLine(member ?? null, space)}`).join(`,${space}`)}}`;
}
