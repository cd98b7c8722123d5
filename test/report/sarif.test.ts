import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import type { Log, Result, Run } from 'sarif';
import { checkResult, type CheckResult, type Severity, type Status } from '../../src/model/check-result';
import { renderSarif } from '../../src/report/sarif';
import { artifactUri } from '../../src/report/sarif-location';
import { hostileText } from '../support/hostile-text';
import { reportFullOf, rulesFullOf } from './formats';
import { reportOf, sampleReport, sampleRules } from './sample-report';

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
const valid = ajv.compile<Log>(JSON.parse(readFileSync('test/report/sarif-subset.schema.json', 'utf8')));

function run(text: string): Run {
  const log: unknown = JSON.parse(text);
  expect(valid(log) || valid.errors).toBe(true);
  return (log as Log).runs[0]!;
}

const { tool, results = [], invocations } = run(renderSarif(sampleReport, sampleRules));
const { rules = [] } = tool.driver;
const resultOf = (id: string): Result => results.find(({ ruleId }) => ruleId === id)!;

test('every result leads to its rule', () => {
  expect(results.map(({ ruleIndex = -1 }) => rules[ruleIndex]?.id)).toEqual(results.map(({ ruleId }) => ruleId));
});

test('rules are those of the catalog, then those that only results know', () => {
  expect(rules.map(({ id }) => id)).toEqual(['hole-no-token', 'unused', 'unknown-field', 'issuer-https', 'timeout-long', 'wildcard-host']);
});

test('a rule says what it is about, how bad it is and where to read more, without an address that does not exist', () => {
  expect(rules[0]).toMatchObject({
    name: 'HoleNoToken',
    shortDescription: { text: 'A protected path needs a token' },
    fullDescription: { text: 'Anybody reaches what the other rule protects.' },
    help: { text: expect.stringContaining('Fix: Narrow the path of the public rule.\nMore: docs/checks.md#hole-no-token') },
    defaultConfiguration: { level: 'error' },
    properties: { 'security-severity': '9.5', tags: ['security', 'kyma', 'external/cwe/cwe-862'] },
  });
  expect(rules.filter((rule) => 'helpUri' in rule)).toEqual([]);
});

test('only links of the catalog are links in its help', () => {
  expect(rules[0]?.help?.markdown).toContain('- <https://kyma-project.io/external-content/api-gateway/docs/user/README.html>');
});

test('a place is the file with line, column and source, and the object with the path in it', () => {
  expect(resultOf('hole-no-token').locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'deploy/orders.yaml' },
        region: { startLine: 22, startColumn: 13, snippet: { text: '/{**}' } },
        contextRegion: { startLine: 22, snippet: { text: '      path: /{**}' } },
      },
      logicalLocations: [{ fullyQualifiedName: 'APIRule shop/orders spec.rules[2].path', kind: 'object' }],
    },
  ]);
});

test('a message carries the request that shows it, and the fix', () => {
  expect(resultOf('hole-no-token').message.text).toMatch(
    /protects\nrequest: GET https:\/\/orders\.example\.com\/admin\/a\n.*\n.*\nfix: Narrow/,
  );
});

test('the fingerprint of the report is that of SARIF', () => {
  expect(results.map(({ partialFingerprints }) => partialFingerprints?.['kymaGuard/v1'])).toEqual(
    sampleReport.results.slice(0, 5).map(({ fingerprint }) => fingerprint),
  );
});

test('what could not be told is a result of level error, a notification, and no successful run', () => {
  expect(resultOf('issuer-https')).toMatchObject({ level: 'error', message: { text: expect.stringMatching(/^Could not tell: /) } });
  expect(invocations?.[0]?.executionSuccessful).toBe(false);
  expect(invocations?.[0]?.toolExecutionNotifications?.map(({ level }) => level)).toEqual(['error', 'note']);
});

test.each([
  ['annotation', 'inSource'],
  ['configuration', 'external'],
  ['baseline', 'external'],
] as const)('a finding suppressed by %s stays visible as suppressed %s', (by, kind) => {
  const suppressed: CheckResult = { ...result('skip', 'high'), suppressed: { by, reason: 'known', until: '2027-01-31' } };
  const [one] = run(renderSarif(reportOf([suppressed]))).results ?? [];
  expect(one).toMatchObject({
    level: 'note',
    suppressions: [{ kind, status: 'accepted', justification: 'known', properties: { by, until: '2027-01-31' } }],
  });
});

test.each<[Status, Severity, string | undefined]>([
  ['fail', 'critical', 'error'],
  ['fail', 'high', 'error'],
  ['fail', 'medium', 'error'],
  ['fail', 'low', 'warning'],
  ['fail', 'info', 'note'],
  ['warn', 'high', 'warning'],
  ['warn', 'info', 'note'],
  ['error', 'low', 'error'],
  ['skip', 'high', undefined],
  ['pass', 'high', undefined],
])('a %s of severity %s has the level %s', (status, severity, level) => {
  expect(run(renderSarif(reportOf([result(status, severity)]))).results?.[0]?.level).toBe(level);
});

test.each([
  ['a relative path', 'a/b.yaml', 'a/b.yaml'],
  ['a path that begins here', './a.yaml', 'a.yaml'],
  ['a path of Windows', 'dist\\dev\\a.yaml', 'dist/dev/a.yaml'],
  ['an absolute path', '/a b/c.yaml', 'file:///a%20b/c.yaml'],
  ['a drive', 'C:\\a b\\c.yaml', 'file:///C:/a%20b/c.yaml'],
  ['what would be a scheme, a query or a fragment', 'javascript:a?b#c%.yaml', 'javascript%3Aa%3Fb%23c%25.yaml'],
  ['standard input', '<stdin>', '%3Cstdin%3E'],
  ['half a character', 'a\ud800', 'a%EF%BF%BD'],
])('%s becomes a reference', (_, file, uri) => {
  expect(artifactUri(file)).toBe(uri);
});

test('a line longer than anybody reads is left out', () => {
  const where = { file: 'a.json', line: 1, column: 5000, excerpt: 'x'.repeat(9999) };
  expect(run(renderSarif(reportOf([{ ...result('fail', 'high'), where }]))).results?.[0]?.locations?.[0]?.physicalLocation?.region).toEqual(
    {
      startLine: 1,
      startColumn: 5000,
    },
  );
});

test('whatever the texts hold: valid, no link, no half characters, relative references stay relative', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const shown = renderSarif(reportFullOf(text), rulesFullOf(text));
      const { results: all = [] } = run(shown);
      expect(textsIn(shown).filter((one) => /\p{Cs}/u.test(one))).toEqual([]);
      expect(all.filter(({ message }) => /\]\(|\{\d+\}/.test(message.text ?? ''))).toEqual([]);
      const uris = all.flatMap(({ locations = [] }) =>
        locations.map(({ physicalLocation }) => physicalLocation?.artifactLocation?.uri ?? ''),
      );
      expect(uris.filter((uri) => /^(?!file:)[a-z][a-z0-9+.-]*:/i.test(uri))).toEqual([]);
    }),
  );
});

function result(status: Status, severity: Severity): CheckResult {
  return checkResult({ id: 'a-b', status, severity, title: 't', message: 'm', where: { file: 'a.yaml' } });
}

function textsIn(json: string): string[] {
  const found: string[] = [];
  JSON.parse(json, (_, value: unknown) => (typeof value === 'string' ? void found.push(value) : value));
  return found;
}
