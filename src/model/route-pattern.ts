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
 * The patterns that fit no route, each with what was probably meant: a route that holds the text of the pattern, the pattern at the nearest host, or
 * the nearest route.
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
    const near =
      (text.length > 1 ? names.find((name) => name.toLowerCase().includes(text)) : undefined) ??
      withNearHost(pattern, routes) ??
      closest(pattern, names);
    return { pattern, ...(near !== undefined && { near }) };
  });
}

/** The same pattern for the nearest host, if it fits a route with that: whoever mistypes a host means all its routes still. */
function withNearHost(pattern: string, routes: readonly RouteName[]): string | undefined {
  const [, before = '', host = '', after = ''] = /^(\S* )?([^/\s*]+)(\/.*)$/.exec(pattern) ?? [];
  if (!pattern.includes('*')) return undefined;
  const near = closest(
    host,
    routes.map((route) => route.host),
  );
  const meant = `${before}${near ?? ''}${after}`;
  return near !== undefined && routes.some((route) => isNamed(route, [meant])) ? meant : undefined;
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
