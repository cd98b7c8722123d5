import fc from 'fast-check';
import pc from 'picocolors';
import { checkResult, type CheckResult } from '../../src/model/check-result';
import { neutralizeForTerminal } from '../../src/report/neutralize';
import { renderJson } from '../../src/report/json';
import { createReport } from '../../src/report/report';
import { renderText } from '../../src/report/text';

const route = { host: 'a.example.com', path: '/x', method: 'GET' };
const results: CheckResult[] = [
  checkResult({ id: 'no-token', status: 'pass', severity: 'critical', title: 'No token', message: 'refused', route }),
  checkResult({
    id: 'alg-none',
    status: 'fail',
    severity: 'critical',
    title: 'Unsigned',
    message: 'an unsigned token got in',
    fix: 'verify signatures',
    route,
  }),
  checkResult({ id: 'canary', status: 'skip', severity: 'high', title: 'Canary', message: 'needs --canary', route }),
  checkResult({
    id: 'file-check',
    status: 'warn',
    severity: 'low',
    title: 'W',
    message: 'odd',
    where: { file: 'a.yaml', line: 3, column: 5, path: 'spec.rules[0]' },
  }),
];
const report = createReport({ verb: 'verify', run: { labels: {}, inputDigest: 'd' }, results, version: '1.2.3' });
const plain = { colors: pc.createColors(false) };

test('text puts the worst first and counts the rest', () => {
  expect(renderText(report, plain)).toBe(`GET a.example.com/x
  FAIL  alg-none critical - an unsigned token got in
        fix:      verify signatures
  PASS  1 check
  SKIP  1 (--verbose says why)

a.yaml:3:5 spec.rules[0]
  WARN  file-check low - odd

1 pass, 1 skip, 1 warn, 1 fail
`);
});

test('quiet text leaves out what is fine', () => {
  expect(renderText(report, { ...plain, quiet: true })).not.toMatch(/PASS|SKIP/);
});

test('verbose text gives every check a line', () => {
  expect(renderText(report, { ...plain, verbose: true })).toContain('SKIP  canary - needs --canary');
});

test('an empty report does not look like a pass', () => {
  expect(renderText({ ...report, results: [], summary: { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 } }, plain)).toBe(
    'nothing was checked\n',
  );
});

test('json carries the contract: schema version, tool, summary and every result', () => {
  const parsed = JSON.parse(renderJson(report));
  expect(parsed).toMatchObject({
    schemaVersion: 1,
    tool: { name: 'kyma-guard', version: '1.2.3' },
    verb: 'verify',
    summary: { pass: 1, fail: 1, warn: 1, error: 0, skip: 1 },
  });
  expect(parsed.results).toHaveLength(4);
});

const hostile = fc.string({
  unit: fc.constantFrom('a', '\u001b', '[31m', '\n', '::error::', '##vso[', '\u202e', '</script>', '\u0000', '\u009b', '\r'),
});

test('hostile text reaches no terminal as a control sequence and no CI log as a command', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = neutralizeForTerminal(text);
      expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(shown).not.toMatch(/^\s*(::|##)/m);
    }),
  );
});

test('hostile text survives json unchanged in value and inert in form', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = renderJson({ ...report, data: { text } });
      expect(JSON.parse(shown).data.text).toBe(text);
      expect(shown).not.toMatch(/[<>\u009b\u202e]/);
    }),
  );
});
