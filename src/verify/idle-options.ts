import { closest } from '../model/closest';
import { UsageError } from '../model/errors';
import { idlePatterns, nameOfRoute, type RouteName } from '../model/route-pattern';
import type { HintEntry } from './hints';
import type { VerifyOptions } from './verify-input';

/** What the options of a run can name. */
export interface Nameable {
  /** Every route of the manifests, those of other shards and those left out included. */
  readonly routes: readonly RouteName[];
  /** Hosts as the APIRules have them. */
  readonly written: readonly string[];
  /** Hints of the caller that fit no call. */
  readonly idleHints: readonly HintEntry[];
}

type Naming = Pick<VerifyOptions, 'only' | 'skip' | 'acceptUndecided' | 'allowDisruptive' | 'targets' | 'samples' | 'expectations'>;

/**
 * Looks for a route or a host behind everything that an option names: what names nothing does not do what it was given for. All of them are
 * told at once.
 * @throws {UsageError} ERR_USAGE when something is named that is not in the manifests
 */
export function requireNamed(options: Naming, nameable: Nameable): void {
  const { routes, idleHints } = nameable;
  if (routes.length === 0) return; // then the manifests themselves have a problem, which says more
  const unfit = unfitPatterns(options, routes);
  const strangers = unknownHosts(options, nameable);
  const hints = idleHints.map((entry) => {
    const at = options.expectations?.indexOf(entry) ?? -1;
    const { host, rule, method } = entry;
    return `--expect has an entry [${at}] that fits no route: ${JSON.stringify({ host, rule, method })}`;
  });
  if (unfit.length + strangers.length + hints.length === 0) return;
  const advice = [
    ...(unfit.length > 0 ? [routesHint(routes)] : []),
    ...(hints.length > 0 ? [entriesHint(routes)] : []),
    ...(strangers.length > 0 ? [hostsHint(routes)] : []),
  ];
  throw new UsageError([...unfit, ...strangers, ...hints].join('; '), advice.join(' '));
}

function unfitPatterns({ only = [], skip = [], acceptUndecided = [] }: Naming, routes: readonly RouteName[]): string[] {
  return Object.entries({ only, skip, 'accept-undecided': acceptUndecided }).flatMap(([option, patterns]) =>
    idlePatterns(patterns, routes).map(
      ({ pattern, near }) => `--${option} is ${JSON.stringify(pattern)}, which fits no route${meant(near)}`,
    ),
  );
}

function unknownHosts({ allowDisruptive = [], targets = {}, samples = {} }: Naming, { routes, written }: Nameable): string[] {
  const hosts = hostsOf(routes);
  const wildcards = written.filter((host) => host.startsWith('*.'));
  const known = new Set([...hosts, ...written].map((host) => host.toLowerCase()));
  const isTarget = (host: string): boolean =>
    known.has(host) || (host.startsWith('*.') && hosts.some((one) => one.endsWith(host.slice(1))));
  const tell = (what: string, host: string, names: readonly string[], kind = 'host'): string =>
    `${what} ${JSON.stringify(host)}, which is no ${kind} of these manifests${meant(closest(host, names))}`;
  return [
    ...allowDisruptive.filter((host) => !hosts.includes(host)).map((host) => tell('--allow-disruptive is', host, hosts)),
    ...Object.keys(targets)
      .filter((host) => !isTarget(host.toLowerCase()))
      .map((host) => tell('--target is for', host, hosts)),
    ...Object.keys(samples)
      .filter((host) => !wildcards.includes(host))
      .map((host) => tell('--sample is for', host, wildcards, 'wildcard host')),
  ];
}

function hostsOf(routes: readonly RouteName[]): string[] {
  return [...new Set(routes.map(({ host }) => host))];
}

function meant(near: string | undefined): string {
  return near === undefined ? '' : ` (did you mean ${JSON.stringify(near)}?)`;
}

/** How routes are named, and which there are. */
export function routesHint(routes: readonly RouteName[]): string {
  return `Give METHOD HOST/PATH as the rules have them, with * for any text. The routes are ${listed(routes.map(nameOfRoute))}.`;
}

/** How entries of a hints file name routes. */
function entriesHint(routes: readonly RouteName[]): string {
  const [{ host, path, method } = { host: '', path: '', method: '' }] = routes;
  const entry = JSON.stringify({ host, rule: path, method });
  return `An entry names host, rule (its index or its path) and method as the rules have them, such as ${entry}. The routes are ${listed(routes.map(nameOfRoute))}.`;
}

function hostsHint(routes: readonly RouteName[]): string {
  return `The hosts are ${listed(hostsOf(routes))}.`;
}

/** How many names an error lists. */
const mostListed = 10;

function listed(all: readonly string[]): string {
  const names = [...new Set(all)];
  return `${names.slice(0, mostListed).join(', ')}${names.length > mostListed ? `, and ${names.length - mostListed} more` : ''}`;
}
