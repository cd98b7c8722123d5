/**
 * The name a person probably meant: at most a third of its letters differ.
 * @returns undefined when nothing is near
 */
export function closest(text: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const name of names) {
    const distance = editDistance(text.toLowerCase(), name.toLowerCase(), bestDistance);
    if (distance < bestDistance && distance <= Math.max(1, Math.floor(Math.max(text.length, name.length) / 3)))
      [best, bestDistance] = [name, distance];
  }
  return best;
}

/** Longer keys are no typing errors of short names. */
const maxLength = 64;

function editDistance(a: string, b: string, limit: number): number {
  if (a.length > maxLength || b.length > maxLength || Math.abs(a.length - b.length) >= limit) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? Infinity;
}
