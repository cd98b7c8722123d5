/** What known patterns allow, in words that follow "give". */
const known: readonly (readonly [start: string, words: string])[] = [
  [
    String.raw`^((\/([A-Za-z0-9-._~!$&'()+,;=:@]|%[0-9a-fA-F]{2})*)|(\/\{\*{1,2}\}))+$`,
    'a path that begins with "/" and is no regular expression: letters, digits and -._~!$&\'()+,;=:@ between slashes, {*} for one segment, {**} for any rest, or /* alone for every path',
  ],
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'a name of lower-case letters, digits and "-" that begins and ends with a letter or digit'],
  [
    String.raw`^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`,
    'a lower-case domain name such as api.example.com, or "*." before one',
  ],
  [String.raw`^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)`, 'a quantity such as 100m, 0.5, 128Mi or 1Gi'],
];

/** True for the pattern of `path` in rules of an APIRule v2. */
export function isRulePathPattern(pattern: string): boolean {
  return pattern.startsWith(known[0]?.[0] ?? pattern);
}

/** What a pattern allows, as it follows "give". */
export function patternWords(pattern: string): string {
  return known.find(([start]) => pattern.startsWith(start))?.[1] ?? `text that matches ${pattern}`;
}
