import {
  Composer,
  Lexer,
  LineCounter,
  Parser,
  type CST,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  type SchemaOptions,
} from 'yaml';

/** What is said when the stack of the parser does not suffice. */
export const tooDeep = 'values are nested too deeply to be read';

/** Collections within collections that are given to the parser, more than a manifest may have. */
const openLimit = 250;

/** Values are nested so deeply that the parser, which calls itself for each level, would exhaust the stack; that can end the process. */
export class NestedTooDeeplyError extends Error {
  constructor(
    /** Where in the text of the document the last level begins. */
    readonly offset: number,
  ) {
    super(tooDeep);
  }
}

/**
 * The text as the composer of the parser wants it, with an eye on the depth.
 * @throws {NestedTooDeeplyError} when more than 250 collections are open at once
 */
export function* yamlTokens(text: string, lines: LineCounter): Generator<CST.Token> {
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > openLimit) throw new NestedTooDeeplyError(parser.offset);
  }
  yield* parser.end();
}

/**
 * Every document of a text, with the errors in it; those of other text than manifests, in one go.
 * @throws {NestedTooDeeplyError} when more than 250 collections are open at once
 */
export function yamlDocuments(
  text: string,
  options: ParseOptions & DocumentOptions & SchemaOptions = {},
  lines = new LineCounter(),
): readonly Document.Parsed[] {
  const composer = new Composer({ prettyErrors: false, logLevel: 'error', ...options });
  return [...composer.compose(yamlTokens(text, lines))] as Document.Parsed[];
}
