import fc from 'fast-check';
import pc from 'picocolors';
import { checkResult, type CheckResult, type Status, type Where } from '../../src/model/check-result';
import { renderExcerpt } from '../../src/report/excerpt';
import { neutralizeForTerminal } from '../../src/report/neutralize';
import { renderJson } from '../../src/report/json';
import { createReport } from '../../src/report/report';
import { renderText, type TextStyle } from '../../src/report/text';
import { reportOf, sampleReport, sampleResults } from './sample-report';

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

const sampleText = (style: Partial<TextStyle> = {}) => renderText(sampleReport, { ...plain, ...style });

test('a finding in a file shows the line of the source with a caret under the column', () => {
  expect(sampleText()).toContain(`deploy/orders.yaml:22:13 APIRule shop/orders spec.rules[2].path
  FAIL  hole-no-token critical - a public rule also matches /admin/{*}, which another rule protects
        22 |       path: /{**}
           |             ^
        request:  GET https://orders.example.com/admin/a
        expected: 403
        actual:   forwarded by rule 2 without a token
        fix:      Narrow the path of the public rule.
        docs:     docs/checks.md#hole-no-token
`);
});

test('two findings at one place show its source once', () => {
  const [first] = sampleResults;
  expect(
    renderText({ ...sampleReport, results: [first!, { ...first!, id: 'other' }] }, plain).match(/audiences: \[orders\]/g),
  ).toHaveLength(1);
});

test('what is suppressed is counted, and verbose text says why', () => {
  expect(sampleText()).toContain('SKIP  1 (1 suppressed; --verbose says why)');
  expect(sampleText()).toMatch(/\n2 objects checked: 2 skip \(1 suppressed\), 1 warn, 1 error, 2 fail\n$/);
  expect(sampleText({ verbose: true })).toContain(
    '  SKIP  wildcard-host - the host *.example.com takes every name\n        suppressed by annotation until 2027-01-31: one host per tenant, see the tenant guide\n',
  );
});

test.each<[string, Where, string[]]>([
  ['no source', { line: 1, column: 1 }, []],
  ['a column', { line: 7, column: 3, excerpt: '  a: b' }, ['7 |   a: b', '  |   ^']],
  ['no column', { line: 7, excerpt: '  a: b' }, ['7 |   a: b']],
  ['a column behind the end', { line: 7, column: 9, excerpt: '  a: b' }, ['7 |   a: b']],
  ['tabs', { line: 12, column: 3, excerpt: '\t\ta: b' }, ['12 |     a: b', '   |     ^']],
  ['wide characters', { line: 1, column: 4, excerpt: '東京 a' }, ['1 | 東京 a', '  |      ^']],
  ['combining characters', { line: 1, column: 3, excerpt: 'e\u0301a' }, ['1 | e\u0301a', '  |  ^']],
  ['hidden characters', { line: 1, column: 3, excerpt: '\u001b\u202ea' }, ['1 | \\u001b\\u202ea', '  |             ^']],
])('the caret stands right with %s', (_, where, lines) => {
  expect(renderExcerpt(where)).toEqual(lines);
});

test('of a line as long as a cluster only the part around the column is shown', () => {
  const excerpt = `${'x'.repeat(50_000)}HERE${'y'.repeat(50_000)}`;
  const [line = '', caret = ''] = renderExcerpt({ line: 1, column: 50_001, excerpt });
  expect([line.length < 140, line.slice(caret.indexOf('^'), caret.indexOf('^') + 4)]).toEqual([true, 'HERE']);
});

test('colors change nothing of the text', () => {
  const colored = renderText(sampleReport, { colors: pc.createColors(true) });
  expect(colored).toContain('\u001b[31m');
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(sampleText());
});

test('routes stand against what was tried at them before anything else, and not with --quiet', () => {
  const at = (id: string, status: Status, path: string): CheckResult =>
    checkResult({ id, status, severity: 'high', title: 't', message: 'm', route: { host: 'h', path, method: 'GET' } });
  const tried = [
    at('protected', 'fail', '/a'),
    { ...at('foreign-key', 'fail', '/a'), family: 'signature' as const },
    { ...at('alg-none', 'skip', '/a'), family: 'signature' as const },
    at('protected', 'pass', '/long'),
    { ...at('alg-none', 'skip', '/long'), family: 'signature' as const },
  ];
  const text = renderText(reportOf(tried), { colors: pc.createColors(false) });
  expect(text.split('\n').slice(0, 4)).toEqual([
    'route       Protected  Signature',
    'GET h/a     fail       fail',
    'GET h/long  ok         -',
    '',
  ]);
  expect(renderText(reportOf(tried), { colors: pc.createColors(false), quiet: true })).not.toContain('Protected  ');
});
