import { renderNdjson } from '../../src/report/ndjson';
import { checkResult } from '../../src/model/check-result';
import { reportOfRun } from '../support/verify-report';
import { sampleReport } from './sample-report';

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('every result has a line that can stand alone, and the last line counts them', () => {
  const lines = linesOf(renderNdjson(sampleReport));
  expect(lines.slice(0, -1).map(({ type, verb, id }) => [type, verb, id])).toEqual(
    sampleReport.results.map(({ id }) => ['result', 'validate', id]),
  );
  expect(lines.at(-1)).toEqual({
    ...{ type: 'summary', schemaVersion: 1, tool: sampleReport.tool, verb: 'validate', labels: {}, inputDigest: 'd' },
    ...{ summary: sampleReport.summary, data: { documents: 5, checked: 2 } },
  });
});

test('a line says which run it is of, with its labels', () => {
  const report = reportOfRun([checkResult({ id: 'x', status: 'pass', severity: 'low', title: 't', message: 'm' })], {
    requests: 3,
    notes: ['n'],
  });
  const [first, last] = linesOf(renderNdjson(report));
  expect(first).toMatchObject({ runId: report.run.id, labels: { stage: 'test' }, id: 'x', fingerprint: report.results[0]?.fingerprint });
  expect(last).toMatchObject({ runId: report.run.id, startedAt: report.run.startedAt, data: { requests: 3 } });
});

test('a report without results is one line, which counts nothing', () => {
  expect(linesOf(renderNdjson(reportOfRun([])))).toMatchObject([{ type: 'summary', summary: { pass: 0, fail: 0 } }]);
});
