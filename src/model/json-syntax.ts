import { printParseErrorCode, visit } from 'jsonc-parser';
import type { JsonFlaw } from './json-flaw';
import { tooDeep } from './yaml-documents';
import { tooDeepAt, type JsonRange } from './scan-json';
import { depthLimit } from './yaml-to-json';

const messages: Readonly<Partial<Record<string, string>>> = {
  InvalidSymbol: 'a word that JSON does not know; texts stand in double quotes',
  InvalidNumberFormat: 'a number that JSON does not know',
  PropertyNameExpected: 'a key in double quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing brace } is expected',
  CloseBracketExpected: 'a closing bracket ] is expected',
  EndOfFileExpected: 'the end of the text is expected',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'a text has no closing quote on its line',
  UnexpectedEndOfNumber: 'a number ends too early',
  InvalidUnicode: 'an escape \\u without four hex digits',
  InvalidEscapeCharacter: 'an escape that JSON does not know',
  InvalidCharacter: 'a control character in a text; it is written as an escape',
};

/** Where a text that JSON.parse refuses stops being JSON, and what should stand there. The messages of JSON.parse differ by version and quote the text. */
export function jsonSyntaxFlaw(text: string, { start, end }: JsonRange): JsonFlaw {
  const deep = tooDeepAt(text, { start, end }, depthLimit);
  if (deep !== undefined) return { offset: deep, message: tooDeep };
  let first: JsonFlaw | undefined;
  visit(
    text.slice(start, end),
    {
      onError: (code, offset) => {
        first ??= {
          offset: start + offset,
          message: `this is no JSON: ${messages[printParseErrorCode(code)] ?? 'something else is expected'}`,
        };
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  return first ?? { offset: start, message: 'this is no JSON' };
}
