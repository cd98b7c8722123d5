import { partName, type Report } from '../report';
import type { MetricFamily } from './family';
import { renderLabels, runLabels, type Labels } from './labels';
import { routeFamilies } from './route-families';
import { runFamilies } from './run-families';

/** Every metric that a report can become. */
export const metricFamilies: readonly MetricFamily[] = [...runFamilies, ...routeFamilies];

/**
 * The report as text exposition of OpenMetrics 1.0, without the types that the older text format of Prometheus does not know: a Pushgateway
 * and the textfile collector of the node exporter read it as well. Samples have no time: the server gives them one.
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function renderOpenMetrics(report: Report): string {
  const shard = partName(report);
  const common = { ...runLabels(report.run.labels), verb: report.verb, ...(shard !== undefined && { shard }) };
  return `${metricFamilies.map((family) => renderFamily(family, report, common)).join('')}# EOF\n`;
}

function renderFamily({ name, help, unit, samplesOf }: MetricFamily, report: Report, common: Labels): string {
  const lines = new Map<string, number>();
  for (const { labels, value } of samplesOf(report)) {
    const text = renderLabels({ ...common, ...labels });
    // The same labels twice would make the whole text unreadable; what is worse comes first.
    if (!lines.has(text)) lines.set(text, value);
  }
  if (lines.size === 0) return '';
  const head = [`# TYPE ${name} gauge`, ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]), `# HELP ${name} ${help}`];
  return [...head, ...[...lines].map(([labels, value]) => `${name}${labels} ${value}`), ''].join('\n');
}
