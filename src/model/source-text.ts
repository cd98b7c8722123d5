/**
 * Brings source text into the form that every YAML writer and reader keeps: lines end with `\n`, and nothing but a line end follows the last
 * line. Neither JavaScript nor Python sees a difference, and the same files give the same manifest on every platform.
 */
export function plainSourceText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\n[ \t]+$/, '\n');
}

/**
 * The first character that long texts do not always survive in YAML: control characters, which are written as escapes in a quoted text, and the
 * line and paragraph separators, which end a line for kubectl and not for other readers.
 */
export function controlCharacter(text: string): string | undefined {
  const found = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/.exec(text)?.[0];
  return found === undefined ? undefined : `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
