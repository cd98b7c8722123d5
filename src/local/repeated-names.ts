/** True when an object of a valid JSON text names a member twice, which `JSON.parse` does not tell. */
export function repeatsNames(text: string): boolean {
  const open: Set<string>[] = [];
  for (const [token, name, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[[\]{}]/g)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (name !== undefined && colon !== undefined) {
      const plain = String(JSON.parse(name));
      const names = open.at(-1);
      if (names?.has(plain) === true) return true;
      names?.add(plain);
    }
  }
  return false;
}
