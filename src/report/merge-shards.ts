import { checkResult, type CheckResult } from '../model/check-result';
import { UsageError } from '../model/errors';
import { missingShards, readShardFacts, shardsCompleteId, type ShardFacts } from '../model/shards';
import type { Report } from './report';

/** Shards that a message names. */
const named = 20;

/** What reports of shards come to together. */
export interface JoinedShards {
  readonly facts: ShardFacts;
  /** The reports in the order of their shards, without what was said about missing ones before. */
  readonly reports: readonly Report[];
  /** What keeps them from being the report of the whole run. */
  readonly gaps: readonly CheckResult[];
}

/**
 * Looks at reports that are to be one; undefined when each of them is of a whole run.
 * @throws {UsageError} ERR_USAGE when some are shards and others are not, or they are of runs that were cut otherwise
 */
export function joinShards(reports: readonly Report[]): JoinedShards | undefined {
  const parts = reports.map((report) => ({ report, facts: partOf(report) }));
  const shards = parts.flatMap(({ report, facts }) => (facts ? [{ report, facts }] : []));
  const [first] = shards;
  if (!first) return undefined;
  if (shards.length < parts.length)
    throw new UsageError('a report of a shard and one of a whole run do not go together', 'Merge the shards of one run first.');
  const { of, plan } = first.facts;
  const odd = shards.find(({ facts }) => facts.of !== of);
  if (odd) throw new UsageError(`a shard of ${of} and one of ${odd.facts.of} do not go together`, 'Merge the shards of one run.');
  const have = [...new Set(shards.flatMap(({ facts }) => facts.have))].sort((a, b) => a - b);
  const missing = missingShards({ of, have });
  const notes = [missing.length === 0 ? `All ${of} shards are here` : `${have.length} of ${of} shards; missing: ${listed(missing)}`];
  const isOnePlan = shards.every(({ facts }) => facts.plan === plan);
  return {
    facts: { of, have, plan, notes },
    reports: shards.toSorted((a, b) => (a.facts.have[0] ?? 0) - (b.facts.have[0] ?? 0)).map(({ report }) => withoutGaps(report)),
    gaps: [...(missing.length > 0 ? [gap(missingMessage(missing, of))] : []), ...(isOnePlan ? [] : [gap(otherPlan)])],
  };
}

const otherPlan =
  'the shards were cut from different routes, so some may be in none of them; run all shards with the same manifests and options';

function missingMessage(missing: readonly number[], of: number): string {
  return `${missing.length === 1 ? 'shard' : 'shards'} ${listed(missing)} of ${of} ${missing.length === 1 ? 'is' : 'are'} missing: what they judge is not in this report`;
}

function gap(message: string): CheckResult {
  return checkResult({
    id: shardsCompleteId,
    title: 'Every shard of the run is in the report',
    status: 'error',
    severity: 'high',
    message,
    fix: 'Merge the reports of all shards; run those again that left none.',
    docs: 'docs/verify.md',
    where: { object: 'the whole run' },
  });
}

/** A report that holds every shard is one of a whole run. */
function partOf({ data, results }: Report): ShardFacts | undefined {
  const facts = readShardFacts(data);
  const isWhole = facts && missingShards(facts).length === 0 && !results.some(({ id }) => id === shardsCompleteId);
  return isWhole ? undefined : facts;
}

function withoutGaps(report: Report): Report {
  return { ...report, results: report.results.filter(({ id }) => id !== shardsCompleteId) };
}

function listed(shards: readonly number[]): string {
  const more = shards.length > named ? ` and ${shards.length - named} more` : '';
  return `${shards.slice(0, named).join(', ')}${more}`;
}
