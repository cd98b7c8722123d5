import fc from 'fast-check';
import { checkResult, type CheckResult } from '../../src/model/check-result';
import { bounded, renderTerminationMessage } from '../../src/report/termination-message';
import { hostileText } from '../support/hostile-text';
import { reportOfRun } from '../support/verify-report';
import { sampleReport } from './sample-report';

function failures(count: number, message = 'm'): CheckResult[] {
  return Array.from({ length: count }, (_, i) =>
    checkResult({ id: `f${i}`, status: 'fail', severity: i === count - 1 ? 'critical' : 'low', title: 't', message }),
  );
}

test('the counts come first, then the worst', () => {
  expect(renderTerminationMessage(sampleReport, 1).split('\n').slice(0, 3)).toEqual([
    'kyma-guard validate: 2 objects checked: 2 skip (1 suppressed), 1 warn, 1 error, 2 fail; exit code 1',
    'FAIL critical hole-no-token deploy/orders.yaml:22:13 APIRule shop/orders spec.rules[2].path - a public rule also matches /admin/{*}, which another rule protects',
    expect.stringContaining('FAIL high unknown-field'),
  ]);
});

test('what does not fit is counted, and no line is cut', () => {
  const lines = renderTerminationMessage(reportOfRun(failures(500, 'words '.repeat(10))), 1)
    .trimEnd()
    .split('\n');
  const [, more] = /^and (\d+) more$/.exec(lines.at(-1) ?? '') ?? [];
  expect(lines.slice(2, -1).every((line) => line.endsWith('words'))).toBe(true);
  // The first two lines are counts and labels.
  expect(lines.length - 3 + Number(more)).toBe(500);
  expect(lines[2]).toContain('critical f499');
});

test('it is valid UTF-8, within 4096 bytes, one line per finding, whatever the texts are', () => {
  fc.assert(
    fc.property(hostileText, fc.constantFrom(1, 40, 400, 5000), fc.constantFrom(1, 3, 60), (text, times, count) => {
      const report = { ...reportOfRun(failures(count, text.repeat(times))), verb: text.repeat(times) };
      const message = renderTerminationMessage(report, 1);
      const bytes = Buffer.from(message);
      expect(bytes.length).toBeLessThanOrEqual(4096);
      expect([bytes.toString('utf8') === message, message.endsWith('\n')]).toEqual([true, true]);
      expect(message.split('\n').length).toBeLessThanOrEqual(count + 3);
    }),
  );
});

test('lines that fill it to the last byte are all there', () => {
  const line = 'x'.repeat(99);
  const text = bounded(
    'y'.repeat(95),
    Array.from({ length: 40 }, () => line),
  );
  expect([Buffer.byteLength(text), text.includes('more')]).toEqual([4096, false]);
});
