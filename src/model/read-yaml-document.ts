import { isNode, visit, type Document, type YAMLParseError } from 'yaml';
import type { CheckResult } from './check-result';
import type { JsonValue } from './json';
import type { Position } from './manifest';
import { describeYamlError, parseYaml, type ParsedYaml } from './parse-yaml';
import { NestedTooDeeplyError } from './yaml-documents';
import { positionIn, type SourceSlice } from './source-slice';
import { placeholderAdvice, placeholderIn, syntaxProblem } from './syntax-problem';
import { NotJsonError, yamlToJson } from './yaml-to-json';
import { positionAt } from './yaml-places';

/** What one document holds, or what keeps it from being read. */
export type ReadValue = { readonly value: JsonValue } | { readonly problem: CheckResult };

/** Characters that YAML does not allow, and those that end a line for kubectl but not for this parser: two readings of one text. */
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]|\r(?!\n)/;

/** Reads one YAML document as plain JSON; nothing of the parser's own stays in memory. */
export function readYamlDocument(slice: SourceSlice): ReadValue {
  const text = slice.text.slice(slice.start, slice.end);
  const character = forbidden.exec(text);
  if (character) return problemAt(slice, positionIn(slice, slice.start + character.index), describeCharacter(character[0]));
  try {
    return valueOf(slice, parseYaml(slice));
  } catch (error) {
    if (error instanceof NestedTooDeeplyError) return problemAt(slice, positionIn(slice, slice.start + error.offset), error.message);
    throw error;
  }
}

function valueOf(slice: SourceSlice, parsed: ParsedYaml): ReadValue {
  const { document } = parsed;
  const [first] = document.errors;
  if (first)
    return problemAt(
      slice,
      positionAt(slice, parsed, errorOffset(document, first)),
      describeYamlError(first, slice.text.slice(slice.start, slice.end)),
    );
  try {
    return { value: yamlToJson(document.contents) };
  } catch (error) {
    if (!(error instanceof NotJsonError)) throw error;
    const place = positionAt(slice, parsed, startOf(error.node));
    if (!error.ofDocument) return problemAt(slice, place, error.message);
    return problemAt(
      slice,
      positionAt(slice, parsed, startOf(document.contents)),
      `${error.message} (line ${place.line}, column ${place.column})`,
    );
  }
}

/** Where a mistake was made. A quote that is not closed is noticed at the end of the text, which helps nobody. */
function errorOffset(document: Document.Parsed, { code, message, pos }: Pick<YAMLParseError, 'code' | 'message' | 'pos'>): number {
  let [offset] = pos;
  if (code !== 'MISSING_CHAR' || !message.startsWith('Missing closing')) return offset;
  visit(document, {
    Scalar(_key, { range }) {
      if (range?.[1] !== pos[0]) return undefined;
      [offset] = range;
      return visit.BREAK;
    },
  });
  return offset;
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

/** A placeholder of a template is the likely cause of whatever the parser stumbles over. */
function problemAt(slice: SourceSlice, position: Position, message: string): ReadValue {
  const placeholder = placeholderIn(slice.text.slice(slice.start, slice.end));
  if (!placeholder) return { problem: syntaxProblem(slice.file, position, message) };
  const { line } = positionIn(slice, slice.start + placeholder.offset);
  const advice = placeholderAdvice(placeholder, line);
  return { problem: syntaxProblem(slice.file, position, `${message}; ${advice.message}`, advice.fix) };
}

function describeCharacter(character: string): string {
  const name = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const endsLine = /[\r\u0085\u2028\u2029]/.test(character);
  return endsLine
    ? `the character ${name} ends a line for kubectl but not for everybody; lines end with U+000A, and in a text it is written as an escape in double quotes`
    : `the control character ${name} stands in the text; in double quotes it is written as an escape`;
}
