/**
 * What somebody holds who has some of the names and not all: the first, and the others. Nothing where that is enough.
 * @param alternatives lists of names, one of which must be held whole
 */
export function someOfThem(alternatives: readonly (readonly string[])[]): Readonly<Record<string, string[]>> {
  const [first, ...others] = alternatives[0] ?? [];
  if (first === undefined || others.length === 0) return {};
  const isEnough = (held: readonly string[]): boolean => alternatives.some((names) => names.every((name) => held.includes(name)));
  const parts = { 'the first of several': [first], 'all but the first of several': others };
  return Object.fromEntries(Object.entries(parts).filter(([, held]) => !isEnough(held)));
}

/** A name that only a pattern takes for this one, in which a dot stands for any letter. */
export function withoutDots(name: string): string {
  return name.replaceAll('.', '-');
}

/** A name in other letters than it is written in. */
export function otherCase(name: string): string {
  const upper = name.toUpperCase();
  return upper === name ? name.toLowerCase() : upper;
}
