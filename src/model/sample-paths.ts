import {
  meaningMatcher,
  parsePathTemplate,
  policyMatcher,
  policyPath,
  routeMatcher,
  type PathSegment,
  type PathTemplate,
} from './path-template';

/** Segments that stand for an operator, the first one that fits wins. */
const fillers = ['sample', 'sample-1', 'sample-2', 'sample-3'];

/**
 * A concrete path that a template takes: `/a/{*}/b` gives `/a/sample/b`. The same template gives the same path.
 *
 * @param earlier Templates of rules before it; the path is one that none of them takes, if such a path is found.
 */
export function samplePath(template: PathTemplate | string, earlier: readonly string[] = []): string {
  const candidates = samplePaths(template);
  const taken = earlier.flatMap((path) => [routeMatcher(path), meaningMatcher(path)]);
  return candidates.find((path) => !taken.some((matches) => matches(path))) ?? candidates[0] ?? '/';
}

/** Several concrete paths that a template takes, the plainest first: other names, more segments, none. */
export function samplePaths(template: PathTemplate | string): string[] {
  const parsed = typeof template === 'string' ? parsePathTemplate(template) : template;
  if (!parsed) return [];
  const plain = fillers.map((filler) => fill(parsed, filler, filler));
  const deep = fillers.map((filler) => fill(parsed, filler, `${filler}/${filler}`));
  return [...new Set([...plain, ...deep, fill(parsed, 'sample', '')])];
}

function fill(template: PathTemplate, one: string, many: string): string {
  return `/${template.segments.map((segment) => textOf(segment, one, many)).join('/')}`;
}

function textOf(segment: PathSegment, one: string, many: string): string {
  if (segment.kind === 'literal') return segment.text;
  return segment.kind === 'one' ? one : many;
}

/**
 * Paths near a template that its route takes and its policy does not, or the other way round: literals are an expression to the one and
 * plain text to the other, and operators take different characters.
 */
export function disputedPaths(path: string): string[] {
  const template = parsePathTemplate(path);
  if (!template) return [];
  const [route, policy] = [routeMatcher(template), policyMatcher(policyPath(path))];
  const bent = [
    (text: string): string => text.replaceAll('.', 'x'),
    (text: string): string => text.replaceAll('+', ''),
    (text: string): string => text.replace(/(.)\+/g, '$1$1'),
    (text: string): string => text.replace(/[()]/g, ''),
    (text: string): string => text.replaceAll('$', ''),
  ].map((change) => fill({ ...template, segments: template.segments.map((segment) => bend(segment, change)) }, 'sample', 'sample'));
  const filled = ['sample*', 'sam,ple', 'sam%ple', 'sam"ple', "sam'ple"].map((filler) => fill(template, filler, filler));
  return [...new Set([...bent, ...filled, fill(template, 'sample', '')])].filter((one) => route(one) !== policy(one));
}

function bend(segment: PathSegment, change: (text: string) => string): PathSegment {
  return segment.kind === 'literal' ? { kind: 'literal', text: change(segment.text) } : segment;
}
