/** Text of a manifest on one line, so that it cannot make lines of its own. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Parts of a sentence: `a`, `a or b`, `a, b or c`. */
export function either(parts: readonly string[], word = 'or'): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${word} ${last}`;
}
