import { severities, type CheckResult } from '../../model/check-result';
import { readShardFacts } from '../../model/shards';
import { statusOrder } from '../order';
import { checkedObjects, type Report } from '../report';
import type { MetricFamily, Sample } from './family';

/** Checks that have a series of their own in one report. */
const mostChecks = 250;

/** Metrics of a run as a whole. */
export const runFamilies: readonly MetricFamily[] = [
  {
    name: 'kyma_guard_run_info',
    help: 'The version that wrote this; always 1.',
    samplesOf: ({ tool }) => [{ labels: { version: tool.version }, value: 1 }],
  },
  {
    name: 'kyma_guard_run_timestamp_seconds',
    help: 'When the run started, in seconds since 1970; offline verbs take no time.',
    unit: 'seconds',
    samplesOf: ({ run: { startedAt } }) => {
      const at = startedAt === undefined ? NaN : Date.parse(startedAt) / 1000;
      return Number.isNaN(at) ? [] : one(at);
    },
  },
  {
    name: 'kyma_guard_results',
    help: 'Results by status and severity; error is could not tell and never a pass.',
    samplesOf: ({ results }) =>
      statusOrder.flatMap((status) =>
        bySeverity(
          results.filter((result) => result.status === status),
          { status },
        ),
      ),
  },
  {
    name: 'kyma_guard_accepted_results',
    help: 'Findings that somebody accepted, which do not count.',
    samplesOf: ({ results }) => bySeverity(results.filter(({ suppressed }) => suppressed)),
  },
  {
    name: 'kyma_guard_findings',
    help: 'Failures by the check that found them; absent where it found none.',
    samplesOf: ({ results }) => findings(results),
  },
  {
    name: 'kyma_guard_requests',
    help: 'Requests that the run sent to targets.',
    samplesOf: (report) => number(report, 'requests'),
  },
  {
    name: 'kyma_guard_objects_checked',
    help: 'Objects that an offline verb looked at.',
    samplesOf: (report) => one(checkedObjects(report)),
  },
  {
    name: 'kyma_guard_shards',
    help: 'Shards that the run was cut into, and how many of them this report holds.',
    samplesOf: ({ data }) => {
      const shard = readShardFacts(data);
      if (!shard) return [];
      return [
        { labels: { state: 'expected' }, value: shard.of },
        { labels: { state: 'present' }, value: shard.have.length },
      ];
    },
  },
];

function one(value: number | undefined): Sample[] {
  return value === undefined ? [] : [{ labels: {}, value }];
}

function number({ data }: Report, name: string): Sample[] {
  const value = data?.[name];
  return typeof value === 'number' ? one(value) : [];
}

/** Every severity, also those of which there are none: what is absent cannot be compared with zero. */
function bySeverity(results: readonly CheckResult[], labels: Readonly<Record<string, string>> = {}): Sample[] {
  return severities.map((severity) => ({
    labels: { ...labels, severity },
    value: results.filter((result) => result.severity === severity).length,
  }));
}

function findings(results: readonly CheckResult[]): Sample[] {
  const counts = new Map<string, Sample>();
  for (const { id, severity, status } of results) {
    if (status !== 'fail') continue;
    const key = JSON.stringify([id, severity]);
    counts.set(key, { labels: { check: id, severity }, value: (counts.get(key)?.value ?? 0) + 1 });
  }
  return [...counts.values()].slice(0, mostChecks);
}
