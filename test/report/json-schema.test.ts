import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { checkResult } from '../../src/model/check-result';
import { renderJson } from '../../src/report/json';
import { createReport } from '../../src/report/report';
import { callMigrate, oldText, serviceText } from '../support/migrate-call';

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
const valid = ajv.compile(JSON.parse(readFileSync('report.schema.json', 'utf8')));
const result = checkResult({
  id: 'x',
  status: 'fail',
  severity: 'high',
  title: 't',
  message: 'm',
  fix: 'f',
  docs: 'd',
  where: { file: 'a', line: 1, column: 1, object: 'APIRule a/b', path: 'spec', excerpt: 'x' },
  route: { host: 'h', path: '/', method: 'GET', issuer: 'i' },
  request: 'GET /',
  expected: '403',
  actual: '200',
  reason: 'r',
  curl: 'curl',
  suppressed: { by: 'annotation', reason: 'r', until: '2027-01-31' },
});
const report = createReport({
  verb: 'verify',
  run: { labels: { a: 'b' }, inputDigest: '', id: '1', startedAt: '2026-01-01T00:00:00Z', vantage: 'here' },
  results: [result],
  data: {},
  version: '1',
});

test('a report of a migration holds the published schema, and one whose data has another form does not', async () => {
  const { stdout } = await callMigrate({ 'a.yaml': oldText(), 's.yaml': serviceText() }, ['a.yaml', 's.yaml', '--format', 'json']);
  const made = JSON.parse(stdout) as { data: { inventory: { state: string }[] } };
  expect(valid(made) || valid.errors).toBe(true);
  const [entry] = made.data.inventory;
  expect(valid({ ...made, data: { ...made.data, inventory: [{ ...entry, state: 'half' }] } })).toBe(false);
});

test('a report with every member holds the published schema', () => {
  expect(valid(JSON.parse(renderJson(report))) || valid.errors).toBe(true);
});

test.each([
  ['an unknown status', { results: [{ ...result, status: 'ok' }] }],
  ['a member that is not published', { extra: 1 }],
  ['a result without a fingerprint', { results: [{ ...result, fingerprint: undefined }] }],
])('%s breaks the schema', (_, change) => {
  expect(valid(JSON.parse(JSON.stringify({ ...report, ...change })))).toBe(false);
});
