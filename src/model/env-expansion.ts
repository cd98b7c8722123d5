/**
 * Protects text from what the kubelet does to environment variables: it replaces `$(NAME)` and turns `$$` into `$`.
 * A Function's source travels as such a variable, so an unprotected `'$$'` or a template that prints `$(HOME)` arrives altered.
 * A `$` before anything else is left alone, so `${name}` stays readable in the manifest.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function escapeEnvValue(text: string): string {
  return text.replace(/\$\$|\$\(/g, (match) => (match === '$$' ? '$$$$' : '$$('));
}

/** Size in bytes of the text that the container gets: each `$$` arrives as one `$`. References to variables count as written. */
export function expandedBytes(text: string): number {
  return Buffer.byteLength(text) - (text.match(/\$\$/g)?.length ?? 0);
}

/**
 * Longest value of an environment variable, in bytes: Linux starts no process with a longer `NAME=value` and final zero byte.
 *
 * @see `MAX_ARG_STRLEN` in execve(2)
 */
export function maxEnvBytes(name: string): number {
  return 131_072 - `${name}=`.length - 1;
}

/** A piece of text that the kubelet replaces, with what it becomes; a variable's value is not known, so its name stands for it. */
export interface Expansion {
  readonly from: string;
  readonly to: string;
  /** Offset in the text. */
  readonly at: number;
}

/** Finds what the kubelet replaces in a text, from left to right; `known` are the names of variables that stand before it. */
export function expansionsOf(text: string, known: ReadonlySet<string>): Expansion[] {
  return [...text.matchAll(/\$\$|\$\(([^)]*)\)/g)].flatMap((match): Expansion[] => {
    const [from, name] = match;
    if (name === undefined) return [{ from, to: '$', at: match.index }];
    return known.has(name) ? [{ from, to: `the value of ${name}`, at: match.index }] : [];
  });
}

/**
 * True for a text that `escapeEnvValue` wrote, or whoever escapes the same way: nothing in it is replaced by chance. A text in which every `$`
 * is doubled looks the same as one whose author knows nothing of the kubelet, and is not taken for escaped.
 */
export function isEscapedEnvValue(text: string): boolean {
  return text === escapeEnvValue(text.replaceAll('$$', () => '$'));
}
