import { closest } from './closest';

/** What a route is named by: `METHOD HOST/PATH`, as the rules have them. */
export interface RouteName {
  readonly method: string;
  readonly host: string;
  readonly path: string;
}

/** `METHOD HOST/PATH`. */
export function nameOfRoute({ method, host, path }: RouteName): string {
  return `${method} ${host}${path}`;
}

/** True when `METHOD HOST/PATH` fits one of the patterns; `*` stands for any text, also none. */
export function isNamed(route: RouteName, patterns: readonly string[]): boolean {
  const name = nameOfRoute(route);
  return patterns.some((pattern) => fits(name, pattern) || pattern === name);
}

/**
 * The patterns that fit no route, each with the route that was probably meant: one that holds the text of the pattern, or else the nearest.
 */
export function idlePatterns(
  patterns: readonly string[],
  routes: readonly RouteName[],
): readonly { readonly pattern: string; readonly near?: string }[] {
  const idle = patterns.filter((pattern) => !routes.some((route) => isNamed(route, [pattern])));
  if (idle.length === 0) return [];
  const names = [...new Set(routes.map(nameOfRoute))];
  return idle.map((pattern) => {
    const text = pattern.toLowerCase().replaceAll('*', '').trim();
    const near = (text.length > 1 ? names.find((name) => name.toLowerCase().includes(text)) : undefined) ?? closest(pattern, names);
    return { pattern, ...(near !== undefined && { near }) };
  });
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
