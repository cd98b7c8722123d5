import { anyCharacter } from '../../model/automaton-builder';
import { isRoutable, isUsablePolicyPath, parsePathTemplate, policyPath } from '../../model/path-template';
import { isDot, type Branch, type Token } from './branches';

/** A path of APIRule v2 that may stand for a branch. */
export interface Candidate {
  readonly path: string;
  /** False for one that leaves out what a wildcard inside a segment stood for; a person would not expect it. */
  readonly plain: boolean;
}

/** Parts of a branch between slashes. */
type Segment = readonly Token[];

/** Paths that take no more than a branch, in so far as paths of APIRule v2 can. Whether they do is for the automata to tell. */
export function narrowPaths(branch: Branch): Candidate[] {
  const [lead, ...segments] = segmentsOf(branch);
  if (!lead) return [];
  // What a leading `.*` takes begins with a slash or is nothing.
  const starts = isFree(lead) ? ['', '/{**}'] : isEmpty(lead) ? [''] : [];
  const tails = segments.reduce<readonly Candidate[]>(
    (found, segment, index) => {
      const options = narrowSegment(segment, index === segments.length - 1);
      return found.flatMap((before) =>
        options.map(({ path, plain }) => ({ path: `${before.path}/${path}`, plain: before.plain && plain })),
      );
    },
    [{ path: '', plain: true }],
  );
  const found = starts.flatMap((start) => tails.map(({ path, plain }) => ({ path: asWhole(`${start}${path}`), plain })));
  return found.filter(({ path }) => isPath(path));
}

/** One path that takes all that a branch takes, as far as the form of paths allows; it may take more. */
export function widePath(branch: Branch): string {
  const [lead, ...segments] = segmentsOf(branch);
  if (!lead || !isEmpty(lead)) return '/*';
  const texts: readonly string[] = segments.flatMap(wideSegment);
  const many = texts.indexOf('{**}');
  const isLast = many < 0 || texts.slice(many + 1).every((text) => !text.startsWith('{'));
  const path = asWhole(`/${(isLast ? texts : texts.slice(0, many + 1)).join('/')}`);
  return isPath(path) ? path : '/*';
}

/** True for a path that the API server, the controller, Istio and Envoy take. */
export function isPath(path: string): boolean {
  const operators: readonly string[] = path.match(/\{\*{1,2}\}/g) ?? [];
  const many = operators.indexOf('{**}');
  if (many >= 0 && many !== operators.length - 1) return false;
  return parsePathTemplate(path) !== undefined && isRoutable(path) && isUsablePolicyPath(policyPath(path));
}

function asWhole(path: string): string {
  return path === '/{**}' ? '/*' : path;
}

function segmentsOf(branch: Branch): Segment[] {
  const segments: Token[][] = [[]];
  for (const token of branch) {
    if (token.kind === 'one' && token.characters === '/') segments.push([]);
    else segments.at(-1)?.push(token);
  }
  return segments;
}

function narrowSegment(segment: Segment, last: boolean): Candidate[] {
  const tokens = segment.filter(({ kind }) => kind !== 'gap');
  const text = textOf(tokens);
  // A run that is left out beside other characters changes the segment into one that nobody had in mind.
  if (text !== undefined) return [{ path: text, plain: text === '' || tokens.length === segment.length }];
  const [only] = tokens;
  if (tokens.length === 1 && only) return wholeSegment(only);
  const tail = tokens.at(-1);
  const before = textOf(tokens.slice(0, -1));
  if (!last || tail?.kind !== 'run' || !isDot(tail.characters) || before === undefined) return [];
  const within: Candidate = { path: `${before}/{**}`, plain: tail.grouped };
  return tail.min === 0 ? [{ path: before, plain: tail.grouped }, within] : [within];
}

function wholeSegment(token: Token): Candidate[] {
  if (token.kind !== 'run') return [];
  if (isDot(token.characters)) return (token.min === 0 ? ['{**}'] : ['{*}', '{*}/{**}']).map((path) => ({ path, plain: true }));
  return isSegmentful(token.characters) ? [{ path: '{*}', plain: true }] : [];
}

/** Segments that take what one segment of a branch takes; a repetition of whole segments stands behind what comes before it. */
function wideSegment(segment: Segment): string[] {
  const tokens = segment.filter(({ kind }) => kind !== 'gap');
  const text = textOf(tokens);
  if (text !== undefined && /^[^+()$*[\]]*$/.test(text)) return [text];
  const last = tokens.at(-1);
  const before = textOf(tokens.slice(0, -1));
  if (last?.kind === 'loop' && last.ofSegments && before !== undefined && before !== '') return [before, '{**}'];
  return [tokens.some(mayHoldSlash) ? '{**}' : '{*}'];
}

function mayHoldSlash(token: Token): boolean {
  if (token.kind === 'loop') return token.slash;
  return token.kind !== 'gap' && token.characters.includes('/');
}

/** The only text that the tokens stand for; `undefined` when there are several. */
function textOf(tokens: Segment): string | undefined {
  const characters = tokens.map((token) => (token.kind === 'one' && token.characters.length === 1 ? token.characters : undefined));
  return characters.includes(undefined) ? undefined : characters.join('');
}

function isEmpty(segment: Segment): boolean {
  return segment.every(({ kind }) => kind === 'gap');
}

function isFree([only, ...more]: Segment): boolean {
  return only?.kind === 'run' && isDot(only.characters) && more.length === 0;
}

/** True for characters of which a segment may hold any, as `[^/]`. */
function isSegmentful(characters: string): boolean {
  return Array.from(anyCharacter).every((character) => '/[]'.includes(character) || characters.includes(character));
}
