import type { Endpoint } from './endpoint';

/** True when `METHOD HOST/PATH` fits one of the patterns; `*` stands for any text, also none. */
export function isNamed({ method, host, path }: Pick<Endpoint, 'method' | 'host' | 'path'>, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => fits(`${method} ${host}${path}`, pattern) || pattern === `${method} ${host}${path}`);
}

/** Wildcard matching without regular expressions: the parts between the stars stand in order. */
function fits(text: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const [first = '', ...rest] = parts;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const [i, part] of rest.entries()) {
    const found = i === rest.length - 1 ? lastFit(text, part, at) : text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at === text.length;
}

function lastFit(text: string, part: string, from: number): number {
  return text.endsWith(part) && text.length - part.length >= from ? text.length - part.length : -1;
}
