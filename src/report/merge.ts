import { createHash } from 'node:crypto';
import { severities, type CheckResult } from '../model/check-result';
import { UsageError } from '../model/errors';
import type { JsonObject, JsonValue } from '../model/json';
import { isClaim, matrixData, routeMatrix } from '../model/route-matrix';
import { shardData } from '../model/shards';
import { joinShards } from './merge-shards';
import { statusOrder } from './order';
import { createReport, textsOf, type Report, type RunFacts } from './report';

/**
  const valuesOf = (name: string): (JsonValue | undefined)[] => parts.map((part) => own(part, name));
  const joined = names.map((name) => [name, joinValues(valuesOf(name), common.has(name))] as const);
 *
 * @throws {UsageError} ERR_USAGE when they are of different verbs or versions, or shards of different runs
 */
export function mergeReports(given: readonly [Report, ...Report[]]): Report {
  const reports = withoutRepeats(given);
  const [first, ...others] = reports;
  const odd = others.find(({ verb, tool }) => verb !== first.verb || tool.version !== first.tool.version);
  if (odd) {
    const nameOf = ({ verb, tool }: Report): string => `${verb} of version ${tool.version}`;
    throw new UsageError(
      `a report of ${nameOf(first)} and one of ${nameOf(odd)} do not go together`,
      'Merge reports of one verb and one version.',
    );
  }
  const shards = joinShards(reports);
  const parts = shards?.reports ?? reports;
  const { results: judged, differing } = mergeResults(parts);
  const results = [...(shards?.gaps ?? []), ...judged];
  return createReport({
    verb: first.verb,
    version: first.tool.version,
    run: mergeRuns(parts.map(({ run }) => run)),
    results,
    data: { ...mergeData(parts, results, differing), ...(shards && { shard: shardData(shards.facts) }) },
  });
}

function withoutRepeats([first, ...others]: readonly [Report, ...Report[]]): [Report, ...Report[]] {
  const seen = new Set([JSON.stringify(first)]);
  const isNew = (report: Report): boolean => seen.size < seen.add(JSON.stringify(report)).size;
  return [first, ...others.filter(isNew)];
}

/** The same check at the same place. What several findings of a manifest share, their messages tell apart. */
export function keyOf({ id, fingerprint, message, route }: CheckResult): string {
  return JSON.stringify(route ? [id, fingerprint] : [id, fingerprint, message]);
}

/** True when the second result is worse than the first. */
export function isWorse(a: CheckResult, b: CheckResult): boolean {
  return rankOf(b) < rankOf(a);
}

/** Small is bad. What was accepted was found, so it is worse than what was not tried. */
export function rankOf({ status, severity, suppressed }: CheckResult): number {
  const grade = statusOrder.indexOf(status) * 10;
  if (status === 'skip') return suppressed ? grade : grade + 5;
  return grade + (status === 'fail' || status === 'warn' ? severities.indexOf(severity) : 0);
}

function mergeResults(reports: readonly Report[]): { results: CheckResult[]; differing: number } {
  const merged = new Map<string, CheckResult>();
  const differing = new Set<string>();
  for (const result of reports.flatMap(({ results }) => results)) {
    const known = merged.get(keyOf(result));
    if (known && rankOf(known) !== rankOf(result)) differing.add(keyOf(result));
    if (!known || isWorse(known, result)) merged.set(keyOf(result), result);
  }
  return { results: [...merged.values()], differing: differing.size };
}

function mergeRuns(runs: readonly RunFacts[]): RunFacts {
  const distinct = (values: readonly (string | undefined)[]): string[] => [...new Set(values.filter((value) => value !== undefined))];
  const names = distinct(runs.flatMap(({ labels }) => Object.keys(labels)));
  const digests = distinct(runs.map(({ inputDigest }) => inputDigest));
  const [ids, vantages] = [distinct(runs.map(({ id }) => id)), distinct(runs.map(({ vantage }) => vantage))];
  const [startedAt] = distinct(runs.map((run) => run.startedAt)).sort();
  return {
    labels: Object.fromEntries(names.map((name) => [name, distinct(runs.map(({ labels }) => own(labels, name))).join(', ')])),
    inputDigest: digests.length === 1 ? (digests[0] ?? '') : createHash('sha256').update(digests.toSorted().join('\n')).digest('hex'),
    ...(ids.length > 0 && { id: ids.join(', ') }),
    ...(startedAt !== undefined && { startedAt }),
    ...(vantages.length > 0 && { vantage: vantages.join('; ') }),
  };
}

/** Numbers that say of each part what holds for all of them. */
const common = new Set(['probes']);

/** Numbers of the parts add up, lists are put together, the matrix is made anew; what else differs is told per run only. */
function mergeData(reports: readonly Report[], results: readonly CheckResult[], differing: number): JsonObject {
  const parts = reports.map(({ data }) => data ?? {});
  const names = [...new Set(parts.flatMap(Object.keys))].filter((name) => !['claims', 'matrix', 'notes', 'merged'].includes(name));
  const valuesOf = (name: string): (JsonValue | undefined)[] => parts.map((part) => own(part, name));
  const joined = names.map((name) => [name, joinValues(valuesOf(name), common.has(name))] as const);
  const notes = [
    ...new Set(reports.flatMap(({ data }) => textsOf(data?.['notes']))),
    ...(differing > 0 ? [`The reports differ in ${differing} results; the worst of each counts`] : []),
  ];
  const matrix = routeMatrix(results);
  return {
    ...Object.fromEntries(joined.filter(([, value]) => value !== undefined)),
    ...(matrix.rows.length > 0 && { claims: claimsOf(results), matrix: matrixData(matrix) }),
    ...(notes.length > 0 && { notes }),
    merged: reports.map(({ run, results: own }) => ({ ...run, labels: { ...run.labels }, results: own.length })),
  };
}

/** A member that was written, never one that every object has. */
function own<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

function joinValues(values: readonly (JsonValue | undefined)[], isCommon: boolean): JsonValue | undefined {
  const given = values.filter((value) => value !== undefined);
  const [first] = given;
  if (given.every((value) => typeof value === 'number'))
    return isCommon ? Math.max(...given) : given.reduce((sum, value) => sum + value, 0);
  if (given.every((value) => Array.isArray(value))) return [...new Map(given.flat().map((item) => [JSON.stringify(item), item])).values()];
  return given.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : undefined;
}

function claimsOf(results: readonly CheckResult[]): JsonObject[] {
  return results.filter(isClaim).map(({ id, route, status, message, suppressed }): JsonObject => {
    return { claim: id, ...(route && { route: { ...route } }), status, message, ...(suppressed && { accepted: true }) };
  });
}
