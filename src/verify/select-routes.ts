import { UsageError } from '../model/errors';
import type { Endpoint } from './endpoint';

type RouteName = Pick<Endpoint, 'method' | 'host' | 'path'>;

/** How many routes an error lists. */
const listed = 10;

/**
 * What `--only` and `--skip` leave of the routes.
 * @throws {UsageError} ERR_USAGE when a pattern fits no route, because then it does not do what it was given for, or nothing is left
 */
export function routeSelection(
  routes: readonly RouteName[],
  { only, skip = [] }: { readonly only?: readonly string[]; readonly skip?: readonly string[] },
): (route: RouteName) => boolean {
  for (const [option, patterns] of [['--only', only ?? []] as const, ['--skip', skip] as const]) {
    const idle = patterns.find((pattern) => !routes.some((route) => isNamed(route, [pattern])));
    if (idle !== undefined) throw new UsageError(`${option} is ${JSON.stringify(idle)}, which fits no route`, routesHint(routes));
  }
  const chosen = (route: RouteName): boolean => (only === undefined || isNamed(route, only)) && !isNamed(route, skip);
  if (routes.length > 0 && !routes.some(chosen))
    throw new UsageError('no route is left: --skip takes out all that there are', routesHint(routes));
  return chosen;
}

function routesHint(routes: readonly RouteName[]): string {
  const names = [...new Set(routes.map(nameOf))];
  const more = names.length > listed ? `, and ${names.length - listed} more` : '';
  return `Give METHOD HOST/PATH as the rules have them, with * for any text. The routes are ${names.slice(0, listed).join(', ')}${more}.`;
}

function nameOf({ method, host, path }: RouteName): string {
  return `${method} ${host}${path}`;
}

/** True when `METHOD HOST/PATH` fits one of the patterns; `*` stands for any text, also none. */
export function isNamed(route: RouteName, patterns: readonly string[]): boolean {
  const name = nameOf(route);
  return patterns.some((pattern) => fits(name, pattern) || pattern === name);
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
