/** Matches a value of a policy: exact, `*` for one line of anything but nothing, `*suffix` or `prefix*`. @see Istio AuthorizationPolicy, "Rule" */
export function matchesText(pattern: string, text: string): boolean {
  if (pattern === '*') return text !== '' && !text.includes('\n');
  if (pattern.startsWith('*')) return text.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return text.startsWith(pattern.slice(0, -1));
  return text === pattern;
}
