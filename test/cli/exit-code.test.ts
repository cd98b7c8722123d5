import { exitCodeOf, exitCodeOfError } from '../../src/cli/exit-code';
import { showError } from '../../src/cli/show-error';
import { checkResult, type CheckResult, type Severity, type Status } from '../../src/model/check-result';
import { ConfigInvalidError, IssuerUnreachableError, UsageError } from '../../src/model/errors';
import { captureIo } from '../support/fake-io';

const result = (status: Status, severity: Severity = 'high'): CheckResult =>
  checkResult({ id: 'x', status, severity, title: 't', message: 'm' });

test.each<[string, CheckResult[], boolean | undefined, number]>([
  ['only passes', [result('pass')], undefined, 0],
  ['a failure', [result('pass'), result('fail')], undefined, 1],
  ['a failure below the threshold', [result('fail', 'low')], undefined, 0],
  ['a failure at the threshold', [result('fail', 'medium')], undefined, 1],
  ['a warning', [result('warn')], undefined, 0],
  ['something that could not be told', [result('pass'), result('error')], undefined, 3],
  ['a failure and something that could not be told', [result('fail'), result('error')], undefined, 1],
  ['a minor error that leaves no claim open', [result('error')], false, 0],
  ['an open claim without an error', [result('skip')], true, 3],
])('%s gives the exit code of the table', (_, results, undecided, code) => {
  expect(exitCodeOf({ results, ...(undecided !== undefined && { undecided }) })).toBe(code);
});

test.each<[string, unknown, number]>([
  ['a wrong call', new UsageError('x'), 2],
  ['an unreachable issuer', new IssuerUnreachableError('x'), 3],
  ['anything unexpected', new TypeError('x'), 4],
  ['something that is no error', 'x', 4],
])('%s that is thrown gives the exit code of the table', (_, error, code) => {
  expect(exitCodeOfError(error)).toBe(code);
});

const problem = checkResult({
  id: 'config',
  status: 'fail',
  severity: 'high',
  title: 't',
  message: 'is 1, should be text',
  where: { file: 'a.yaml', line: 2, column: 3, path: 'x' },
});
const context = { version: '1', verb: 'synth' };

test('problems of a configuration are told with place, and the hint comes last', async () => {
  const { io, stderr, stdout } = captureIo();
  expect(await showError(new ConfigInvalidError([problem]), { ...context, io, format: 'text' })).toBe(2);
  expect(stderr()).toMatch(
    /^a\.yaml:2:3 x: is 1, should be text\nkyma-guard: 1 problem in the configuration \(ERR_CONFIG_INVALID\)\n {2}Fix/,
  );
  expect(stdout()).toBe('');
});

test('with --format json they are a report on stdout', async () => {
  const { io, stdout } = captureIo();
  await showError(new ConfigInvalidError([problem]), { ...context, io, format: 'json' });
  expect(JSON.parse(stdout())).toMatchObject({ verb: 'synth', summary: { fail: 1 }, results: [{ where: { line: 2 } }] });
});

test('after Ctrl-C nothing is concluded', async () => {
  const { io, stderr } = captureIo({ signal: AbortSignal.abort() });
  expect(await showError(new Error('x'), { ...context, io, format: 'text' })).toBe(3);
  expect(stderr()).toContain('nothing can be concluded');
});

test('a hostile error text reaches the terminal without control sequences', async () => {
  const { io, stderr } = captureIo();
  await showError(new UsageError('a\u001b[31mb'), { ...context, io, format: 'text' });
  expect(stderr()).toContain('a\\u001b[31mb');
});
