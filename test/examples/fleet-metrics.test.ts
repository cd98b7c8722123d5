import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { metricFamilies, renderOpenMetrics } from '../../src/report/openmetrics/openmetrics';
import { readOpenMetrics, type ReadSample } from '../support/open-metrics';
import { readsOnly, verifyReport } from '../support/verify-report';

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}
interface Alert {
  readonly alert: string;
  readonly expr: string;
}

const dashboard = JSON.parse(readFileSync('examples/fleet/grafana-dashboard.json', 'utf8')) as {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly query: string }[] };
};
const rules = parse(readFileSync('examples/fleet/prometheus-rules.yaml', 'utf8')) as {
  readonly groups: readonly { readonly rules: readonly Alert[] }[];
};

const queries: readonly (readonly [string, string])[] = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [`panel ${title}`, expr] as const)),
  ...dashboard.templating.list.map(({ query }) => ['variable', query] as const).filter(([, query]) => query.startsWith('label_values')),
  ...rules.groups.flatMap((group) => group.rules.map(({ alert, expr }) => [`alert ${alert}`, expr] as const)),
];

let samples: readonly ReadSample[];
beforeAll(async () => {
  const report = await verifyReport(readsOnly);
  const run = { ...report.run, labels: { cluster: 'prod' } };
  const text = renderOpenMetrics({ ...report, run, data: { ...report.data, shard: { of: 2, have: [1, 2], plan: 'p', notes: [] } } });
  samples = readOpenMetrics(text);
});

test.each(queries)('%s asks for metrics and labels that a report has: %s', (_, expr) => {
  const names: readonly string[] = expr.match(/kyma_guard_[a-z_]+/g) ?? [];
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(metricFamilies.map((family) => family.name)).toContain(name);
  const matchers = [...expr.matchAll(/(kyma_guard_[a-z_]+)\{([^}]*)\}/g)].flatMap(([, name = '', inner = '']) =>
    [...inner.matchAll(/(\w+)(=~?)"([^"]*)"/g)].map(([, label = '', operator, value = '']) => ({ name, label, operator, value })),
  );
  // Metrics that this run has nothing for, such as undecided routes, say nothing about their labels.
  const asked = matchers.filter(({ name }) => samples.some((sample) => sample.name === name));
  const fits = ({ name, label, operator, value }: (typeof asked)[number]): boolean =>
    samples.some((sample) => sample.name === name && (operator === '=' ? sample.labels[label] === value : label in sample.labels));
  expect(asked.filter((matcher) => !fits(matcher))).toEqual([]);
  for (const [, labels = ''] of expr.matchAll(/\bby \(([^)]*)\)/g)) {
    const known = new Set(samples.filter(({ name }) => names.includes(name)).flatMap((sample) => Object.keys(sample.labels)));
    for (const label of labels.split(/,\s*/)) expect([...known]).toContain(label);
  }
});

test('a weak gateway raises the alerts that are about what is broken, by their own conditions', () => {
  const sum = (name: string, labels: Readonly<Record<string, string>>): number =>
    samples
      .filter((sample) => sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
      .reduce((total, { value }) => total + value, 0);
  expect(sum('kyma_guard_claims', { status: 'fail' })).toBeGreaterThan(0);
  expect(sum('kyma_guard_findings', { severity: 'critical' })).toBeGreaterThan(0);
  expect(sum('kyma_guard_claims', { status: 'error' })).toBe(0);
});
