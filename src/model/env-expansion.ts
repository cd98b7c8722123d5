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
