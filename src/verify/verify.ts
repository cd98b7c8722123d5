import type { Baseline } from './baseline';
import { requireOtherClients } from './denied-clients';
import { UsageError } from '../model/errors';
import { foreignSigningKey } from '../token/sign';
import { openCanary, type Canary } from './canary';
import type { CheckResult } from '../model/check-result';
import type { JsonObject } from '../model/json';
import { shardFacts } from './shard';
import { acceptResults } from './accept-results';
import type { Endpoint } from './endpoint';
import { planReport } from './plan-report';
import { describeShadowed, matrixFacts } from './report-data';
import { chooseProfiles, type ProfileChoice } from './representatives';
import { openTargets, type Targets } from './targets';
import { isUndecidedClaim } from './undecided';
import type { VerifyInput, VerifyOptions, VerifyOutcome } from './verify-input';
import { watchable, watchPlan, watchRate } from './watch/watch-plan';
import { mostImpactOf } from './most-impact';
import { possibleWith } from './possible';
import { readInput, type ReadInput } from './read-input';
import { VerifyRun } from './verify-run';
import { requiredProbes, wantingNotes } from './wanting';

export type { RunTools, VerifyInput, VerifyOptions, VerifyOutcome } from './verify-input';

/**
 * Proves, by requests to the deployment, that each endpoint opens for the right token and for nothing else.
 *
 * @throws {NothingFoundError} ERR_NOTHING_FOUND when the input has no APIRule, or the selection leaves no route
 * @throws {OutOfScopeError} ERR_OUT_OF_SCOPE when a target is not in the scope; nothing was sent
 * @throws {UsageError} ERR_USAGE when a host is not known in full, an option names a route or host that is not there, no route is left, or a watch gets a
 *   baseline or a shard
 */
export async function runVerify(input: VerifyInput): Promise<VerifyOutcome> {
  const { options } = input;
  if (options.watchMs !== undefined && options.baseline)
    throw new UsageError(
      '--watch and --baseline exclude each other',
      'The error budget of a watch is zero: what went wrong is told by its seconds, which nobody can have accepted before. Leave a route out with --skip.',
    );
  if (options.watchMs !== undefined && options.shard)
    throw new UsageError(
      '--watch and --shard exclude each other',
      'A watch polls every host at a rate of its own; choose routes with --only.',
    );
  requireOtherClients(options);
  requiredProbes(options.requireProbes ?? []);
  const read = readInput(input);
  if (read.whole.length === 0)
    return {
      results: [...read.problems, ...read.shadowed.map(describeShadowed)],
      undecided: read.shadowed.length > 0,
      ...(options.shard && { data: shardOfRun(read, options) }),
    };
  const targets = openTargets(read.whole, options, input.tools);
  const mayWrite = (host: string): boolean => options.unsafeMethods === true || targets.isFree(host);
  const isPossible = possibleWith({ options, targets, mostImpact: mostImpactOf(targets, options) });
  const choice = chooseProfiles(read.whole, { ...options, mayWrite, isPossible });
  let canary: Canary | undefined;
  try {
    if (options.plan)
      return {
        results: [...read.problems, ...read.shadowed.map(describeShadowed)],
        data: { plan: planOf(read.endpoints, choice, targets, input), ...shardOfRun(read, options) },
      };
    const isLocal = read.whole.every(({ host }) => targets.isFree(host));
    canary = await openCanary(options.canary ?? 'auto', isLocal, await foreignSigningKey());
    const run = new VerifyRun(input, read, targets, choice, canary);
    // Sixteen shards of three hosts: most of them have nothing to do, and that is well.
    const isIdle = read.endpoints.length === 0;
    if (options.watchMs !== undefined) return await run.watched(options.watchMs);
    const routes = isIdle ? [] : await run.results();
    const { results: settled, baseline } = settle([...run.shadowed(read.shadowed), ...routes], read, options);
    const results = [...run.stopped(settled), ...read.problems, ...settled];
    return {
      results,
      data: { ...withWanting(run.data(), results), ...shardOfRun(read, options), ...matrixFacts(results) },
      undecided: results.some(isUndecidedClaim),
      ...baseline,
    };
  } finally {
    targets.close();
    await canary?.close();
  }
}

/** What was not tried for want of a key or credentials stands below the results and beside what no run proves. */
function withWanting(data: ReturnType<VerifyRun['data']>, results: readonly CheckResult[]): JsonObject {
  const wanting = wantingNotes(results);
  return { ...data, notes: [...wanting, ...data.notes], limits: [...wanting, ...data.limits] };
}

function shardOfRun({ endpoints, whole }: ReadInput, { shard }: VerifyOptions): JsonObject {
  return shard ? { shard: shardFacts(shard, endpoints, whole) } : {};
}

/** Accepted results do not count; what is wrong with the input itself is never accepted. */
function settle(
  results: readonly CheckResult[],
  { leftOut, endpoints, whole }: ReadInput,
  { baseline, baselineUse: use = 'keep', today = new Date().toISOString().slice(0, 10) }: VerifyOptions,
): { results: readonly CheckResult[]; baseline?: { baseline: Baseline } } {
  if (!baseline) return { results };
  const accepted = acceptResults(results, { baseline, use, today, isWhole: leftOut.length === 0 && endpoints.length === whole.length });
  return { results: accepted.results, baseline: { baseline: accepted.baseline } };
}

function planOf(
  endpoints: readonly Endpoint[],
  choice: ProfileChoice,
  targets: Targets,
  { options }: VerifyInput,
): ReturnType<typeof planReport> {
  if (options.watchMs !== undefined)
    return watchPlan(watchable(endpoints, options.unsafeMethods), { durationMs: options.watchMs, rate: options.rate ?? watchRate });
  const rateOf = (host: string): number | undefined => options.rate ?? (targets.isFree(host) ? undefined : 5);
  const denied = options.denied?.length ?? 0;
  return planReport({
    endpoints,
    choice,
    rateOf,
    denied,
    mayWrite: (host) => options.unsafeMethods === true || targets.isFree(host),
    mostImpact: mostImpactOf(targets, options),
  });
}
