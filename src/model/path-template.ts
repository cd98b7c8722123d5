import { BoundedCache } from './bounded-cache';
import { escapeRegex, fullMatch } from './linear-regex';
import { matchesText } from './text-pattern';

/** One part of a template between slashes: text, one segment, or any number of segments. */
export type PathSegment = { readonly kind: 'literal'; readonly text: string } | { readonly kind: 'one' } | { readonly kind: 'many' };

/** `spec.rules.path` of an APIRule v2. */
export interface PathTemplate {
  readonly text: string;
  /** True for `/*`, which takes every path. */
  readonly everything: boolean;
  readonly segments: readonly PathSegment[];
}

/** Tells whether a normalized path without query matches. */
export type PathMatcher = (path: string) => boolean;

/** What the controller puts in place of the operators. */
const anyPath = "([A-Za-z0-9-._~!$&'()*+,;=:@/]|%[0-9a-fA-F]{2})*";
const oneSegment = "([A-Za-z0-9-._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+";

const form = /^(?:(?:\/(?:[A-Za-z0-9\-._~!$&'()+,;=:@]|%[0-9a-fA-F]{2})*)|(?:\/\{\*{1,2}\}))+$|^\/\*$/;

/** Reads a path as the schema of APIRule v2 takes it; `undefined` when the API server would refuse it. @see Kyma APIRule custom resource, `spec.rules.path` */
export function parsePathTemplate(text: string): PathTemplate | undefined {
  if (!form.test(text)) return undefined;
  return { text, everything: text === '/*', segments: text.slice(1).split('/').map(segmentOf) };
}

function segmentOf(text: string): PathSegment {
  if (text === '{**}' || text === '*') return { kind: 'many' };
  return text === '{*}' ? { kind: 'one' } : { kind: 'literal', text };
}

/** `uri` of the route that the controller makes: a prefix for `/*`, else an expression whose literal characters are *not* escaped. */
export function routeUri(path: string): { readonly kind: 'prefix' | 'regex'; readonly value: string } {
  if (path === '/*') return { kind: 'prefix', value: '/' };
  // Replaced by functions: the character sets hold `$&`, which has a meaning in a replacement text.
  const expression = path.replaceAll('{**}', () => anyPath).replaceAll('{*}', () => oneSegment);
  return { kind: 'regex', value: `^${expression}$` };
}

/** The path of a rule whose route has this expression; `undefined` for an expression that the controller does not make. */
export function pathOfRoute(expression: string): string | undefined {
  if (!expression.startsWith('^') || !expression.endsWith('$')) return undefined;
  const path = expression.slice(1, -1).replaceAll(anyPath, '{**}').replaceAll(oneSegment, '{*}');
  return form.test(path) ? path : undefined;
}

/** Path as the controller writes it into policies. */
export function policyPath(path: string): string {
  return path === '/*' ? '/{**}' : path;
}

/** Matches as a route does. `undefined` when the value is no valid expression, so that Istio refuses the object. */
export function uriMatcher(uri: { readonly kind: 'prefix' | 'regex' | 'exact'; readonly value: string }): PathMatcher | undefined {
  if (uri.kind === 'prefix') return (path) => path.startsWith(uri.value);
  return uri.kind === 'exact' ? (path) => path === uri.value : regexMatcher(uri.value);
}

const regexMatchers = new BoundedCache<PathMatcher | undefined>();
const policyMatchers = new BoundedCache<PathMatcher>();
const usablePolicyPaths = new BoundedCache<boolean>();
const meaningMatchers = new BoundedCache<PathMatcher>();

function regexMatcher(expression: string): PathMatcher | undefined {
  return regexMatchers.get(expression, () => {
    const path = pathOfRoute(expression);
    if (path === undefined) return fullMatch(expression);
    const start = plainStart(path);
    if (start === path) return (requested) => requested === path;
    // Most paths differ from most rules in their first letters, and comparing these is much cheaper than an expression.
    const matches = fullMatch(expression);
    return matches && behind(start, matches);
  });
}

/** False only when the paths of two rules begin differently, so that no request fits both. */
export function mayOverlap(a: string, b: string): boolean {
  const [one, other] = [plainStart(a), plainStart(b)];
  return one.startsWith(other) || other.startsWith(one);
}

/** What every path begins with that the route of a rule takes. */
function plainStart(path: string): string {
  const plain = /^[\w\-/~!&',;=:@%]*/.exec(path)?.[0] ?? '';
  return path[plain.length] === '+' ? plain.slice(0, -1) : plain;
}

function behind(start: string, matches: PathMatcher): PathMatcher {
  return start === '' ? matches : (path) => path.startsWith(start) && matches(path);
}

/**
 * Matches as the VirtualService that the controller makes of a rule: `/v1.0` takes `/v1X0`, and `/a+b` does not take itself.
 * A path whose expression is invalid (`/a(b`) matches nothing.
 */
export function routeMatcher(template: PathTemplate | string): PathMatcher {
  return uriMatcher(routeUri(typeof template === 'string' ? template : template.text)) ?? (() => false);
}

/** True when Istio accepts the route that the controller makes of the path. */
export function isRoutable(path: string): boolean {
  return uriMatcher(routeUri(path)) !== undefined;
}

/**
 * Matches as `paths` and `notPaths` of an AuthorizationPolicy: exact, `prefix*`, `*suffix`, `*`, or a template with
 * `{*}` and `{**}` whose literals stand for themselves. Give a rule's path through `policyPath`.
 */
export function policyMatcher(text: string): PathMatcher {
  return policyMatchers.get(text, () => makePolicyMatcher(text));
}

function makePolicyMatcher(text: string): PathMatcher {
  if (!isPolicyTemplate(text)) return (path) => matchesText(text, path);
  // Envoy's character set of a template segment holds `%` alone and `*`, unlike the one of the route.
  return templateMatcher(text, expressionOf(text, "[a-zA-Z0-9\\-._~%!$&'()+,;:@=*]+", "[a-zA-Z0-9\\-._~%!$&'()+,;:@=*/]*"));
}

/**
 * True when Envoy takes the text as `paths` or `notPaths` of an AuthorizationPolicy. A template with an empty segment is accepted by
 * everybody before it, and then Envoy refuses the configuration of the whole workload.
 */
export function isUsablePolicyPath(text: string): boolean {
  return !isPolicyTemplate(text) || usablePolicyPaths.get(text, () => isUsableTemplate(text));
}

function isUsableTemplate(text: string): boolean {
  const segments = text.replace(/\/$/, '').split('/').slice(1);
  const operators = segments.filter(isPolicyTemplate);
  const many = operators.indexOf('{**}');
  const last = many < 0 || many === operators.length - 1;
  return last && segments.every((segment) => segment === '{*}' || segment === '{**}' || /^[-A-Za-z0-9._~%!$&'()+,;:@=]+$/.test(segment));
}

/** True for a path of a policy that Istio takes for a template. */
export function isPolicyTemplate(text: string): boolean {
  return text.includes('{*}') || text.includes('{**}');
}

/** Matches what the author of a rule means: operators as documented, over any characters; all else stands for itself. */
export function meaningMatcher(path: string): PathMatcher {
  if (path === '/*') return (requested) => requested.startsWith('/');
  return meaningMatchers.get(path, () => templateMatcher(path, expressionOf(path, '[^/]+', '(?s:.*)')));
}

/** Literals of a template stand for themselves, so what stands before the first operator is compared as it is. */
function templateMatcher(template: string, expression: string): PathMatcher {
  const operator = template.search(/\{\*{1,2}\}/);
  return operator < 0 ? (path) => path === template : behind(template.slice(0, operator), fullMatch(expression) ?? (() => false));
}

function expressionOf(template: string, one: string, many: string): string {
  return template
    .split(/(\{\*{1,2}\})/)
    .map((part) => (part === '{**}' ? many : part === '{*}' ? one : escapeRegex(part)))
    .join('');
}
