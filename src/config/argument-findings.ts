import { closest } from '../model/closest';
import { isWildcardHost } from '../model/names';
import { idlePatterns, type RouteName } from '../model/route-pattern';
import type { Finding } from './describe-issue';
import { exposuresOf } from './exposures';
import type { Config } from './schema';
import type { VerificationConfig } from './schema-verification';

/** Options of `verify` that are written from elsewhere; given twice they would end each run with exit code 2. */
const ownOptions: Readonly<Record<string, string>> = {
  '--profile': 'profile',
  '--scope-file': 'the hosts of the environment',
  '--shard': 'shards',
  '--shards': 'shards',
  '--termination-message': 'the Job itself',
  '--wait': 'wait',
};

/** What is wrong with the further arguments of `verify`: each run of the Job would end with exit code 2. */
export function argumentFindings(config: Config, verification: VerificationConfig): Finding[] {
  const { args = [], samples = {} } = verification;
  const routes = [...exposuresOf(config)].flatMap(({ host, expose }) =>
    expose.rules.flatMap(({ path, methods }) => methods.map((method): RouteName => ({ method, host: sampleHost(host, samples), path }))),
  );
  return args.flatMap((arg, index): Finding[] => {
    const option = arg.split('=')[0] ?? '';
    const from = ownOptions[option];
    if (from !== undefined) return [{ path: ['args', index], message: `is ${arg}, which is written from ${from}; leave it out` }];
    const at = arg === option ? index + 1 : index;
    const value = arg === option ? args[at] : arg.slice(option.length + 1);
    const name = value === undefined ? undefined : strangerOf(option, value, routes);
    if (name === undefined) return [];
    return [{ path: ['args', at], message: `names ${JSON.stringify(value)} for ${option}, which is no ${name}` }];
  });
}

const routeOptions: ReadonlySet<string> = new Set(['--only', '--skip', '--accept-undecided']);

/** What the value of an option should be and is not. */
function strangerOf(option: string, value: string, routes: readonly RouteName[]): string | undefined {
  if (routeOptions.has(option)) {
    const [idle] = idlePatterns([value], routes);
    return idle && `route of this environment${meant(idle.near) ?? '; give METHOD HOST/PATH, with * for any text'}`;
  }
  const hosts = [...new Set(routes.map(({ host }) => host))];
  if (option !== '--allow-disruptive' || hosts.includes(value)) return undefined;
  return `host of this environment${meant(closest(value, hosts)) ?? `; known are ${hosts.join(', ')}`}`;
}

function meant(near: string | undefined): string | undefined {
  return near === undefined ? undefined : `; did you mean ${near}?`;
}

function sampleHost(host: string, samples: Readonly<Record<string, string>>): string {
  const name = samples[host];
  if (!isWildcardHost(host) || name === undefined) return host;
  return name.includes('.') ? name : `${name}${host.slice(1)}`;
}
