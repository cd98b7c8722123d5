import fc from 'fast-check';
import { checkResult, type CheckResult, type Severity, type Status } from '../../src/model/check-result';
import { neutralizeForTerminal } from '../../src/report/neutralize';
import { renderGithub } from '../../src/report/github';
import { hostileText } from '../support/hostile-text';
import { reportFullOf } from './formats';
import { reportOf, sampleReport } from './sample-report';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** Commands of an output as the runner of GitHub finds them, in both of its notations. */
function commands(output: string): Command[] {
  return output.split(/\r\n|\r|\n/).flatMap((line) => {
    const [, name = '', list = '', data = ''] =
      /^\s*::(\S+?)(?: (.*?))?::(.*)$/.exec(line) ?? /##\[([^\]\s]+)(?: (.*?))?\](.*)/.exec(line) ?? [];
    const pairs = list.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), decode(pair.slice(pair.indexOf('=') + 1))] as const);
    return name === '' ? [] : [{ name, properties: Object.fromEntries(pairs), data: decode(data) }];
  });
}

function decode(text: string): string {
  return text.replace(/%(0D|0A|3A|2C|25)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

const result = (status: Status, severity: Severity, index = 0): CheckResult =>
  checkResult({
    id: `c${index}`,
    status,
    severity,
    title: 't',
    message: `m${index}`,
    where: { file: 'a.yaml', line: index + 1, column: 2 },
  });

test('findings are annotations at their lines, worst first, and the last line counts', () => {
  const output = renderGithub(sampleReport);
  expect(commands(output).map(({ name, properties: { file, line, col, title } }) => [name, file, line, col, title])).toEqual([
    ['error', 'deploy/orders.yaml', '22', '13', 'critical: hole-no-token'],
    ['error', 'deploy/orders.yaml', '14', '13', 'high: unknown-field'],
    ['error', 'deploy/orders.yaml', '10', '7', 'could not tell: issuer-https'],
    ['warning', 'deploy/orders.yaml', '6', '12', 'low: timeout-long'],
  ]);
  expect(output.split('\n').at(-2)).toBe('kyma-guard validate: 2 objects checked: 2 skip (1 suppressed), 1 warn, 1 error, 2 fail');
});

test('an annotation says what is, the request that shows it, and the fix', () => {
  expect(commands(renderGithub(sampleReport))[0]?.data.split('\n')).toEqual([
    'APIRule shop/orders spec.rules[2].path: a public rule also matches /admin/{*}, which another rule protects',
    'request: GET https://orders.example.com/admin/a',
    'expected: 403',
    'actual: forwarded by rule 2 without a token',
    'fix: Narrow the path of the public rule.',
    'docs: docs/checks.md#hole-no-token',
  ]);
});

test.each<[Status, Severity, string | undefined]>([
  ['fail', 'critical', 'error'],
  ['fail', 'medium', 'error'],
  ['fail', 'low', 'warning'],
  ['error', 'info', 'error'],
  ['warn', 'high', 'warning'],
  ['warn', 'info', 'notice'],
  ['skip', 'high', undefined],
  ['pass', 'high', undefined],
])('a %s of severity %s is shown as %s', (status, severity, name) => {
  expect(commands(renderGithub(reportOf([result(status, severity)])))[0]?.name).toBe(name);
});

test('beyond ten of a level, which GitHub would drop, findings stand on ordinary lines', () => {
  const many = Array.from({ length: 12 }, (_, index) => result('fail', 'high', index));
  const output = renderGithub(reportOf([...many, result('warn', 'low', 20)]));
  expect(commands(output).map(({ name }) => name)).toEqual([...Array<string>(10).fill('error'), 'warning']);
  expect(output).toContain(
    '2 more without annotation, since GitHub shows 10 of a level:\n  a.yaml:11:2 high: c10 - m10\n  a.yaml:12:2 high: c11 - m11\n',
  );
});

test('standard input is no file that GitHub could open', () => {
  const piped = checkResult({ ...result('fail', 'high'), where: { file: '<stdin>', line: 3, object: 'APIRule a/b' } });
  expect(renderGithub(reportOf([piped]))).toMatch(/^::error title=high%3A c0::<stdin> APIRule a\/b: m0\n/);
});

test('no text makes a command, adds a property, or ends one', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const found = commands(renderGithub(reportFullOf(text)));
      expect(found.map(({ name }) => name)).toEqual(['error', 'error', 'error', 'error', 'warning', 'warning']);
      expect(
        found.flatMap(({ properties }) => Object.keys(properties)).filter((name) => !['file', 'line', 'col', 'title'].includes(name)),
      ).toEqual([]);
      expect(found.filter(({ data }) => !data.includes(neutralizeForTerminal(text).slice(1)))).toEqual([]);
    }),
  );
});
