import { readFileSync } from 'node:fs';
import { reportFormats } from '../../src/cli/report-formats';
import { metricFamilies } from '../../src/report/openmetrics/openmetrics';
import { readOpenMetrics } from '../support/open-metrics';
import { formats } from './formats';
import { reportOf, sampleResults, sampleRules } from './sample-report';

const page = readFileSync('docs/reports.md', 'utf8');
const report = reportOf([sampleResults[1]!, sampleResults[4]!], { checked: 2 });

/** The first block of code below the heading of a format. */
function example(format: string): string {
  const section = page.slice(page.indexOf(`\n## ${format}\n`));
  const [, fence = ''] = /\n(`{3,})\w*\n/.exec(section) ?? [];
  return section.split(new RegExp(`\n${fence}\\w*\n`))[1] ?? '';
}

test.each(['text', 'junit', 'github', 'markdown'])('the example of %s is what it writes', (format) => {
  expect(`${example(format)}\n`).toBe(formats[format]?.(report));
});

test('the example of json is one of its results', () => {
  expect(JSON.parse(formats['json']!(report)).results[0]).toEqual(JSON.parse(example('json')));
});

test('the example of ndjson is one of its results and its last line', () => {
  const lines = formats['ndjson']!(report).trimEnd().split('\n');
  expect(example('ndjson').split('\n')).toEqual(lines.slice(1));
});

test('the table of openmetrics has every metric, and its example is of lines that a report has', () => {
  const section = page.slice(page.indexOf('\n## openmetrics\n'), page.indexOf('\n## Sending a report\n'));
  const rows = [...section.matchAll(/^\| `(kyma_guard_\w+)` \|/gm)].map(([, name]) => name);
  expect(rows).toEqual(metricFamilies.map(({ name }) => name));
  const described = example('openmetrics')
    .split('\n')
    .filter((line) => line.startsWith('#'));
  const known = metricFamilies.flatMap(({ name, help }) => [`# TYPE ${name} gauge`, `# HELP ${name} ${help}`]);
  expect(described.filter((line) => !known.includes(line))).toEqual([]);
  expect(readOpenMetrics(`${example('openmetrics')}\n# EOF\n`)).toHaveLength(2);
});

test('the example of sarif is one of its results', () => {
  expect(JSON.parse(formats['sarif']!(report, sampleRules.slice(0, 1))).runs[0].results[0]).toEqual(JSON.parse(example('sarif')));
});

test('the page has a section and a row for every format', () => {
  expect(reportFormats.filter((format) => !page.includes(`\n## ${format}\n`) || !page.includes(`\n| \`${format}\` |`))).toEqual([]);
  expect(Object.keys(formats)).toEqual([...reportFormats]);
});
