/** A text as one word of a POSIX shell. Manifest text stands in printed command lines, so nothing in it may be read as shell. */
export function shellWord(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
