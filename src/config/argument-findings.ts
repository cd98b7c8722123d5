import type { RouteName } from '../model/route-pattern';
import { argumentProblems, sampleHost } from '../model/verify-arguments';
import type { Finding } from './describe-issue';
import { exposuresOf, type Exposure } from './exposures';
import type { Config } from './schema';
import type { VerificationConfig } from './schema-verification';

/** Options of `verify` that other fields of the configuration become. */
const written: Readonly<Record<string, string>> = {
  '--profile': 'profile',
  '--scope-file': 'the hosts of the environment',
  '--shard': 'shards',
  '--shards': 'shards',
  '--termination-message': 'the Job itself',
  '--wait': 'wait',
};

/** What is wrong with the further arguments of `verify`. */
export function argumentFindings(config: Config, verification: VerificationConfig): Finding[] {
  const { args = [], verifier } = verification;
  const routes = verifiedRoutes([...exposuresOf(config)], verification);
  const context = { written, routes, of: 'this environment', isOwnVersion: verifier === 'bundle' };
  return argumentProblems(args, context).map(({ at, message }) => ({ path: ['args', at], message }));
}

/** The routes of API rules, as a verification asks them. */
export function verifiedRoutes(exposures: readonly Exposure[], { samples = {} }: VerificationConfig): RouteName[] {
  return exposures.flatMap(({ host, expose }) =>
    expose.rules.flatMap(({ path, methods }) => methods.map((method) => ({ method, host: sampleHost(host, samples), path }))),
  );
}
