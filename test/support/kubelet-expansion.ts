/**
 * What the kubelet does to the value of an environment variable, as a reference written apart from the code under test: from left to right,
 * `$$` becomes `$`, `$(NAME)` becomes the value of a variable that is known, and everything else stays.
 */
export function kubeletExpand(value: string, variables: Readonly<Record<string, string>> = {}): string {
  let result = '';
  let rest = value;
  while (rest !== '') {
    const [consumed, text] = nextPiece(rest, variables);
    result += text;
    rest = rest.slice(consumed);
  }
  return result;
}

function nextPiece(rest: string, variables: Readonly<Record<string, string>>): readonly [number, string] {
  if (rest.startsWith('$$')) return [2, '$'];
  const end = rest.indexOf(')');
  if (!rest.startsWith('$(') || end < 0) return [1, rest.slice(0, 1)];
  const reference = rest.slice(0, end + 1);
  return [reference.length, variables[reference.slice(2, -1)] ?? reference];
}
