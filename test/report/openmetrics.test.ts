import fc from 'fast-check';
import { checkResult, type CheckResult, type Status } from '../../src/model/check-result';
import { renderOpenMetrics } from '../../src/report/openmetrics/openmetrics';
import type { Report } from '../../src/report/report';
import { hostileText } from '../support/hostile-text';
import { readOpenMetrics, type ReadSample } from '../support/open-metrics';
import { reportOfRun } from '../support/verify-report';
import { reportFullOf } from './formats';
import { sampleReport } from './sample-report';

const at = { host: 'a.example.com', path: '/orders', method: 'GET' };

function claim(id: string, status: Status, route: Partial<NonNullable<CheckResult['route']>> = {}): CheckResult {
  return checkResult({ id, status, severity: 'critical', title: id, message: status, route: { ...at, ...route } });
}

function samplesOf(report: Report, name: string): ReadSample[] {
  return readOpenMetrics(renderOpenMetrics(report)).filter((sample) => sample.name === name);
}

test('any text in a report gives a text that a strict reader takes, with the names that are known and no others', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (text, name) => {
      const report = reportFullOf(text);
      const labels = { [name]: text, [`${name}.`]: text, status: text };
      const samples = readOpenMetrics(renderOpenMetrics({ ...report, run: { ...report.run, labels } }));
      expect(samples.length).toBeGreaterThan(30);
      expect(
        samples.flatMap((sample) => Object.values(sample.labels)).filter((value) => /[\u0000-\u0008\u001b\u202e]/.test(value)),
      ).toEqual([]);
    }),
  );
});

test('every result is counted once, by status and severity, and what is none is zero', () => {
  const results = samplesOf(sampleReport, 'kyma_guard_results');
  expect(results).toHaveLength(25);
  expect(results.filter(({ value }) => value > 0).map(({ labels, value }) => [labels['status'], labels['severity'], value])).toEqual([
    ['fail', 'critical', 1],
    ['fail', 'high', 1],
    ['error', 'high', 1],
    ['warn', 'low', 1],
    ['skip', 'medium', 1],
    ['skip', 'info', 1],
  ]);
});

test.each<[Status, number]>([
  ['pass', 1],
  ['fail', 0],
  ['error', 0],
  ['skip', 0],
])('a route whose claim is %s has the value %i: only what is proven is one', (status, value) => {
  const report = reportOfRun([claim('protected', status, { issuer: 'https://i.example.com' }), claim('closed-to-anonymous', status)]);
  const labels = { stage: 'test', verb: 'verify', ...at };
  expect(samplesOf(report, 'kyma_guard_route_protected')).toEqual([
    { name: 'kyma_guard_route_protected', labels: { ...labels, issuer: 'https://i.example.com' }, value },
  ]);
  expect(samplesOf(report, 'kyma_guard_route_closed')).toEqual([{ name: 'kyma_guard_route_closed', labels, value }]);
  expect(samplesOf(report, 'kyma_guard_route_undecided')).toHaveLength(status === 'error' ? 2 : 0);
});

test('where one route has two verdicts the worse counts, and an accepted one is none', () => {
  const suppressed = { by: 'baseline', reason: 'r' } as const;
  const protectedIn = (...results: CheckResult[]): number[] =>
    samplesOf(reportOfRun(results), 'kyma_guard_route_protected').map(({ value }) => value);
  expect(protectedIn(claim('protected', 'pass'), claim('protected', 'fail'))).toEqual([0]);
  expect(protectedIn(claim('protected', 'fail'), claim('protected', 'pass'))).toEqual([0]);
  expect(protectedIn({ ...claim('protected', 'skip'), suppressed })).toEqual([0]);
});

test('ten thousand routes are a thousand series of a metric, the worst of them, and the others are counted', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => claim('protected', i === 9_999 ? 'fail' : 'pass', { path: `/${i}` }));
  const report = reportOfRun(many);
  const shown = samplesOf(report, 'kyma_guard_route_protected');
  expect([shown.length, shown[0]?.labels['path'], shown[0]?.value]).toEqual([1000, '/9999', 0]);
  expect(samplesOf(report, 'kyma_guard_routes').map(({ labels, value }) => [labels['state'], value])).toEqual([
    ['shown', 1000],
    ['left out', 9000],
  ]);
  expect(
    samplesOf(report, 'kyma_guard_claims').find(({ labels }) => labels['claim'] === 'protected' && labels['status'] === 'pass')?.value,
  ).toBe(9_999);
});

test('two long paths that differ at their end only stay two, at a bounded length', () => {
  const long = '/x'.repeat(2000);
  const samples = samplesOf(
    reportOfRun([claim('protected', 'pass', { path: `${long}a` }), claim('protected', 'fail', { path: `${long}b` })]),
    'kyma_guard_route_protected',
  );
  expect(samples.map(({ value }) => value)).toEqual([0, 1]);
  expect(samples.every(({ labels }) => (labels['path'] ?? '').length <= 160)).toBe(true);
});

test('labels of the run are on every sample, in legal names, and hide none of its own', () => {
  const report = {
    ...reportOfRun([claim('protected', 'pass')]),
    run: { labels: { cluster: 'prod', 'team.name': 'geo', host: 'x', '1st': 'y', __name__: 'z' }, inputDigest: '' },
  };
  for (const { labels } of readOpenMetrics(renderOpenMetrics(report)))
    expect(labels).toMatchObject({ cluster: 'prod', team_name: 'geo', run_host: 'x', _1st: 'y', _name__: 'z' });
  expect(samplesOf(report, 'kyma_guard_route_protected')[0]?.labels['host']).toBe('a.example.com');
});

test('the time of the run is in seconds, and an offline verb has none', () => {
  expect(samplesOf(reportOfRun([]), 'kyma_guard_run_timestamp_seconds').map(({ value }) => value)).toEqual([1_767_254_400]);
  expect(samplesOf(sampleReport, 'kyma_guard_run_timestamp_seconds')).toEqual([]);
});
