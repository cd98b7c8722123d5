import { createHash } from 'node:crypto';

/** Characters that are put into the hash at once: a text of 100 MB is not copied as a whole. */
const pieceLength = 1024 * 1024;

/** A digest over what was read: the same names and texts in the same order give the same digest. */
export interface InputDigest {
  add(file: string, text: string): void;
  /** SHA-256 over what was added so far, in hex. */
  hex(): string;
}

/** Begins a digest. */
export function createInputDigest(): InputDigest {
  const hash = createHash('sha256');
  return {
    add(file, text) {
      // The bytes of JSON.stringify([file, text]).
      hash.update(`[${JSON.stringify(file)},"`);
      for (const piece of piecesOf(text)) hash.update(JSON.stringify(piece).slice(1, -1));
      hash.update('"]');
    },
    hex: () => hash.copy().digest('hex'),
  };
}

/** Parts of a text; both halves of a character stay together. */
function* piecesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const end = start + pieceLength;
    const cutsPair = end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
    yield text.slice(start, cutsPair ? end + 1 : end);
    start = cutsPair ? end + 1 : end;
  }
}
