import type { Position } from './manifest';

/** A part of the text of a file: one document, or one item of a list. */
export interface SourceSlice {
  /** Path as the user gave it, or `<stdin>`. */
  readonly file: string;
  /** Text of the whole file. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Position of `start`. */
  readonly line: number;
  readonly column: number;
}

/** Answers where the parts of a document stand. Made when the first one asks, since most documents are never asked. */
export interface Places {
  /** Position of a value; of the nearest parent if the path is not in the document. */
  locate(path: readonly (string | number)[]): Position;
  /** The text of a line, counted from 1 in the file; nothing for a line of another document or one that may hold a secret. */
  sourceLine(line: number): string | undefined;
}

/** Line and column of an offset of the text. */
export function positionIn({ text, start, line, column }: Omit<SourceSlice, 'file' | 'end'>, offset: number): Position {
  // A search in the whole text would run to its end, which may be far: JSON often stands on one line.
  const before = text.slice(start, offset);
  let lines = 0;
  let last = -1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) {
    lines += 1;
    last = at;
  }
  return lines === 0 ? { line, column: column + offset - start } : { line: line + lines, column: before.length - last };
}
