import { closest } from './closest';
import { isWildcardHost } from './names';
import { idlePatterns, type RouteName } from './route-pattern';
import { givenOptions, verifyOptions, type GivenOption } from './verify-options';

/** Something wrong with one argument of a verification job. */
export interface ArgumentProblem {
  /** Place among the arguments, from 0. */
  readonly at: number;
  /** What is and what should be, without the place. */
  readonly message: string;
}

/** What the arguments of a verification job are judged by. */
export interface ArgumentContext {
  /** Options that are written from elsewhere, each with where from: given twice they would end each run with exit code 2. */
  readonly written: Readonly<Record<string, string>>;
  /** Routes that are verified, by their full hosts. @default - they are not known, and nothing that names one is judged */
  readonly routes?: readonly RouteName[];
  /** What the routes belong to, as in `this environment`. */
  readonly of: string;
  /** True when the verifier is that of this version, so that its options are the ones that are known here. */
  readonly isOwnVersion: boolean;
}

/** Options that name routes by patterns. */
const routeOptions: ReadonlySet<string> = new Set(['--only', '--skip', '--accept-undecided']);

/** Options with which nothing is sent, and the run still ends well. */
const silent: ReadonlySet<string> = new Set(['--help', '-h', '--plan']);

/** What is wrong with the further arguments of `verify` in a Job: each run would end with exit code 2, or prove nothing. */
export function argumentProblems(args: readonly string[], context: ArgumentContext): ArgumentProblem[] {
  const given = givenOptions(args);
  return given.flatMap((option, index) => {
    const problem =
      formProblem(option, args[option.at] ?? '', context) ?? repeated(option, given.slice(0, index)) ?? strangerProblem(option, context);
    return problem ? [problem] : [];
  });
}

function formProblem(
  { name, value, at }: GivenOption,
  arg: string,
  { written, isOwnVersion }: ArgumentContext,
): ArgumentProblem | undefined {
  const from = Object.hasOwn(written, name) ? written[name] : undefined;
  if (from !== undefined) return { at, message: `is ${arg}, which is written from ${from}; leave it out` };
  if (silent.has(name)) return { at, message: `is ${arg}, with which nothing is sent and the Job ends well all the same; leave it out` };
  if (name === '--local') return { at, message: `is ${arg}, which finds nothing in a Pod; leave it out` };
  const option = verifyOptions.get(name);
  if (!option) return isOwnVersion ? { at, message: `is ${arg}, which is no option of verify${meant(nearOption(name)) ?? ''}` } : undefined;
  if (option.takesValue && value === undefined) return { at, message: `is ${arg} without a value; give one behind it` };
  if (!option.takesValue && value !== undefined) return { at, message: `is ${arg}, and ${name} takes no value` };
  return undefined;
}

function repeated({ name, at }: GivenOption, before: readonly GivenOption[]): ArgumentProblem | undefined {
  const isRepeatable = verifyOptions.get(name)?.isRepeatable ?? true;
  if (isRepeatable || !before.some((other) => other.name === name)) return undefined;
  return { at, message: `is ${name} a second time; give it once` };
}

function strangerProblem({ name, value, valueAt: at }: GivenOption, { routes, of }: ArgumentContext): ArgumentProblem | undefined {
  const stranger = value === undefined || !routes ? undefined : strangerOf(name, value, routes, of);
  return stranger === undefined ? undefined : { at, message: `names ${JSON.stringify(value)} for ${name}, which is no ${stranger}` };
}

/** What the value of an option should be and is not. */
function strangerOf(option: string, value: string, routes: readonly RouteName[], of: string): string | undefined {
  if (routeOptions.has(option)) {
    const [idle] = idlePatterns([value], routes);
    return idle && `route of ${of}${meant(idle.near) ?? '; give METHOD HOST/PATH, with * for any text'}`;
  }
  const hosts = [...new Set(routes.map(({ host }) => host))];
  if (option !== '--allow-disruptive' || hosts.includes(value)) return undefined;
  return `host of ${of}${meant(closest(value, hosts)) ?? `; known are ${hosts.join(', ')}`}`;
}

/**
 * The arguments without those that name only routes and hosts that are not there.
 * @returns undefined when `--only` would leave nothing
 */
export function withoutStrangers(args: readonly string[], routes: readonly RouteName[]): readonly string[] | undefined {
  const given = givenOptions(args);
  const strange = given.filter(({ name, value }) => value !== undefined && strangerOf(name, value, routes, '') !== undefined);
  const only = given.filter(({ name }) => name === '--only');
  if (only.length > 0 && only.every((option) => strange.includes(option))) return undefined;
  const dropped = new Set(strange.flatMap(({ at, valueAt }) => [at, valueAt]));
  return args.filter((_, at) => !dropped.has(at));
}

/** The host that a route is asked at: a wildcard stands for the name that a sample gives it, whole or before the rest. */
export function sampleHost(host: string, samples: Readonly<Record<string, string>>): string {
  const name = Object.hasOwn(samples, host) ? samples[host] : undefined;
  if (!isWildcardHost(host) || name === undefined) return host;
  return name.includes('.') ? name : `${name}${host.slice(1)}`;
}

function nearOption(name: string): string | undefined {
  return closest(
    name,
    [...verifyOptions.keys()].filter((one) => one.startsWith('--')),
  );
}

function meant(near: string | undefined): string | undefined {
  return near === undefined ? undefined : `; did you mean ${near}?`;
}
