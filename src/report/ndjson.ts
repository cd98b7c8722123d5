import type { CheckResult } from '../model/check-result';
import type { JsonObject } from '../model/json';
import { neutralizeJson } from './neutralize';
import type { Report } from './report';

/**
 * The report as one JSON object a line, for collectors of logs: a line per result, each with what it takes to find it again, then one line
 * with the counts. Whoever reads a stream knows by the last line that it is complete.
 */
export function renderNdjson(report: Report): string {
  return [...report.results.map((result) => line(resultLine(result, report))), line(summaryLine(report)), ''].join('\n');
}

function resultLine(result: CheckResult, { verb, run: { id, labels } }: Report): object {
  return { type: 'result', verb, ...(id !== undefined && { runId: id }), labels, ...result };
}

/** Lists and objects of `data` stay out: the results hold what they are made of, and collectors cut long lines. */
function summaryLine({ schemaVersion, tool, verb, run, summary, data = {} }: Report): object {
  const { id, ...facts } = run;
  const isPlain = ([, value]: [string, unknown]): boolean => ['string', 'number', 'boolean'].includes(typeof value);
  const plain: JsonObject = Object.fromEntries(Object.entries(data).filter(isPlain));
  return {
    ...{ type: 'summary', schemaVersion, tool, verb, ...(id !== undefined && { runId: id }), ...facts, summary },
    ...(data['shard'] !== undefined && { shard: data['shard'] }),
    ...(Object.keys(plain).length > 0 && { data: plain }),
  };
}

function line(value: object): string {
  return neutralizeJson(JSON.stringify(value));
}
