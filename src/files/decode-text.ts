import { constants } from 'node:buffer';
import { FileUnreadableError } from '../model/errors';

/** Characters that a text can have at most. */
const longest = constants.MAX_STRING_LENGTH;

/**
 * Turns the bytes of a text file into text: UTF-8, or UTF-16 when a byte order mark says so. The mark is dropped.
 * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when the bytes are binary or not valid text
 */
export function decodeText(path: string, bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  if (encoding === 'utf-8' && bytes.includes(0)) throw noText(path, bytes);
  if (bytes.length > longest)
    throw new FileUnreadableError(path, `has ${bytes.length} bytes, at most ${longest} are read`, 'Split the input.');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FileUnreadableError(path, `is not valid ${encoding.toUpperCase()} text`, 'Save the file as UTF-8.', cause);
  }
}

/** Text in UTF-16 has a zero in every second byte, as long as its letters are those of English. */
function noText(path: string, bytes: Uint8Array): FileUnreadableError {
  const zeros = [0, 1].map((first) => bytes.length > 3 && [0, 2].every((at) => bytes[at + first] === 0 && bytes[at + 1 - first] !== 0));
  if (!zeros.includes(true)) return new FileUnreadableError(path, 'is binary, text is expected');
  return new FileUnreadableError(path, 'looks like UTF-16 without a byte order mark', 'Save the file as UTF-8.');
}
