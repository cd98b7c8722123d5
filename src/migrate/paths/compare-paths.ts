import { AutomatonBuilder, segmentCharacters, type PathAutomaton } from '../../model/automaton-builder';
import { policyPath, routeUri } from '../../model/path-template';
import { pathClasses, type PathClass } from '../../model/search/path-classes';
import { patternAutomaton } from '../../model/search/path-pattern';

/** What some paths of APIRule v2 take of the paths that an old rule took. */
export interface PathComparison {
  /** A path that the old rule took and none of the new ones takes, the shortest; odd ones, which operators refuse, are told apart. */
  readonly dropped?: string;
  /** A path with a bracket or a lone percent sign that the old rule took and none of the new ones takes. */
  readonly odd?: string;
  /** A path that a new one takes and the old rule did not, the shortest. */
  readonly widened?: string;
}

/** An old rule beside paths that may stand for it. */
export interface Comparison {
  /** False when there are too many differences to look at all of them; what the rest says is then not the whole. */
  readonly complete: boolean;
  /** False when no request has a path that the old rule takes. */
  readonly taken: boolean;
  /** Those of the paths that take something, and nothing that the old rule did not take. */
  readonly within: readonly string[];
  /** Leaves out paths of which each takes no more than others do, the first ones first. */
  readonly fewest: (paths: readonly string[]) => readonly string[];
  readonly of: (paths: readonly string[]) => PathComparison;
}

/**
 * Compares by automata, over all paths that a gateway can see. A new path takes what both its route and its policy take: they read literals
 * differently.
 */
export function comparePaths(old: PathAutomaton, paths: readonly string[]): Comparison {
  const nothing = emptyAutomaton();
  const readings = paths.flatMap((path) => [
    patternAutomaton({ reads: 'route', uri: routeUri(path) }) ?? nothing,
    patternAutomaton({ reads: 'policy', text: policyPath(path) }) ?? nothing,
  ]);
  const found = pathClasses([old, plainPaths(), ...readings]);
  const classes = found.classes.map((one) => classOf(one, paths));
  const ownOf = (path: string): Class[] => classes.filter(({ by }) => by.has(path));
  return {
    complete: found.complete,
    taken: classes.some((one) => one.old),
    within: paths.filter((path) => ownOf(path).length > 0 && ownOf(path).every((one) => one.old)),
    fewest: (some) => some.reduce((kept, path) => (isNeeded(path, kept, ownOf(path)) ? kept : kept.filter((one) => one !== path)), some),
    of: (some) => judge(classes, some),
  };
}

interface Class {
  readonly path: string;
  readonly old: boolean;
  readonly plain: boolean;
  /** The new paths that take it. */
  readonly by: ReadonlySet<string>;
}

function classOf({ path, taken }: PathClass, paths: readonly string[]): Class {
  const [old = false, plain = false, ...readings] = taken;
  return { path, old, plain, by: new Set(paths.filter((_, at) => readings[2 * at] === true && readings[2 * at + 1] === true)) };
}

/** False when every class of paths that one path takes is also taken by another one. */
function isNeeded(path: string, all: readonly string[], own: readonly Class[]): boolean {
  return own.some(({ by }) => !all.some((other) => other !== path && by.has(other)));
}

function judge(classes: readonly Class[], paths: readonly string[]): PathComparison {
  const isNew = ({ by }: Class): boolean => paths.some((path) => by.has(path));
  const lost = classes.filter((one) => one.old && !isNew(one));
  const dropped = lost.find(({ plain }) => plain)?.path;
  const odd = lost.find(({ plain }) => !plain)?.path;
  const widened = classes.find((one) => !one.old && isNew(one))?.path;
  return {
    ...(dropped !== undefined && { dropped }),
    ...(odd !== undefined && { odd }),
    ...(widened !== undefined && { widened }),
  };
}

/** Paths without the characters that operators refuse: brackets, and a percent sign that begins no escape. */
function plainPaths(): PathAutomaton {
  const builder = new AutomatonBuilder();
  const loop = builder.step(builder.start, '/');
  builder.jump(builder.oneOf(loop, `${segmentCharacters}/`), loop);
  return { steps: builder.steps, jumps: builder.jumps, accepting: loop };
}

function emptyAutomaton(): PathAutomaton {
  const builder = new AutomatonBuilder();
  return { steps: builder.steps, jumps: builder.jumps, accepting: builder.state() };
}
