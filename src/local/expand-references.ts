/**
 * Expands `$(NAME)` in the value of an environment variable the way the kubelet does: a name that is not known stays as it is
 * written, `$$` becomes `$`, and `$$(NAME)` therefore becomes the text `$(NAME)`. Expanded values are not looked at again.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function expandReferences(text: string, known: ReadonlyMap<string, string>): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf('$'); at >= 0 && at + 1 < text.length; at = text.indexOf('$', from)) {
    const end = text[at + 1] === '(' ? text.indexOf(')', at + 2) : -1;
    const name = end < 0 ? undefined : text.slice(at + 2, end);
    parts.push(text.slice(from, at), name === undefined ? unpaired(text, at) : (known.get(name) ?? `$(${name})`));
    from = name === undefined ? at + 2 : end + 1;
  }
  return parts.join('') + text.slice(from);
}

/** A `$` and the character behind it, when they are no reference. */
function unpaired(text: string, at: number): string {
  return text[at + 1] === '$' ? '$' : text.slice(at, at + 2);
}
