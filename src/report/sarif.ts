import type { Invocation, Log, Notification, Result, Suppression } from 'sarif';
import type { CheckResult } from '../model/check-result';
import { detailsOf, renderPlace } from './details';
import { neutralizeForSarif, neutralizeForTerminal, neutralizeJson } from './neutralize';
import { isFinding, levelOf } from './order';
import type { Report, RuleDescription } from './report';
import { toLocations } from './sarif-location';
import { describeRules, toDescriptor } from './sarif-rules';

/**
 * The report as SARIF 2.1.0. Findings and suppressed ones are results. "Could not tell" is a result of level `error`, since a viewer that
 * shows nothing would be read as a pass, and a notification; it makes the run unsuccessful. What was skipped is a notification: it has no
 * place, and GitHub refuses a file with a result without one. What passed is left out.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: Report, catalog: readonly RuleDescription[] = []): string {
  const told = report.results.filter((result) => isFinding(result) || result.suppressed);
  const rules = describeRules(catalog, told);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: report.tool.name, version: report.tool.version, rules: rules.map(toDescriptor) } },
        columnKind: 'utf16CodeUnits',
        invocations: [toInvocation(report)],
        results: told.map((result) => toResult(result, indexes.get(result.id) ?? -1)),
      },
    ],
  };
  return `${neutralizeJson(JSON.stringify(log, null, 2))}\n`;
}

function toResult(result: CheckResult, ruleIndex: number): Result {
  const { id, fingerprint, severity, status, suppressed } = result;
  return {
    ruleId: id,
    ruleIndex,
    level: levelOf(result),
    message: { text: messageOf(result) },
    locations: toLocations(result),
    partialFingerprints: { 'kymaGuard/v1': fingerprint },
    ...(suppressed && { suppressions: [toSuppression(suppressed)] }),
    properties: { severity, status },
  };
}

function messageOf(result: CheckResult): string {
  const message = result.message || result.title;
  const head = result.status === 'error' ? `Could not tell: ${message}` : message;
  return [head, ...detailsOf(result).map(([name, value]) => `${name}: ${value}`)].map(neutralizeForSarif).join('\n');
}

function toSuppression({ by, reason, until }: NonNullable<CheckResult['suppressed']>): Suppression {
  return {
    kind: by === 'annotation' ? 'inSource' : 'external',
    status: 'accepted',
    justification: neutralizeForSarif(reason),
    properties: { by, ...(until !== undefined && { until: neutralizeForTerminal(until) }) },
  };
}

function toInvocation({ run, summary, results }: Report): Invocation {
  const open = results.filter(({ status, suppressed }) => status === 'error' || (status === 'skip' && !suppressed));
  return {
    executionSuccessful: summary.error === 0,
    ...(run.startedAt !== undefined && { startTimeUtc: run.startedAt }),
    toolExecutionNotifications: open.map(toNotification),
  };
}

function toNotification(result: CheckResult): Notification {
  const place = renderPlace(result);
  const said = result.status === 'error' ? 'could not tell' : 'skipped';
  const text = `${result.id} ${said}${place === '' ? '' : ` at ${place}`}: ${result.message || result.title}`;
  return { level: levelOf(result), message: { text: neutralizeForSarif(text) } };
}
