import fc from 'fast-check';
import { UsageError } from '../../src/model/errors';
import { renderJson } from '../../src/report/json';
import { readReport } from '../../src/report/read-report';
import type { Report } from '../../src/report/report';
import { anyReport } from '../support/arbitrary-report';

/** The report, or the one error that there may be. */
function read(text: string): unknown {
  try {
    return readReport(text, 'a.json');
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

test('what was written is read again as it was', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      expect(JSON.parse(renderJson(readReport(renderJson(report), 'a.json')))).toEqual(JSON.parse(renderJson(report)));
    }),
  );
});

test('any text and any JSON is a report or refused in one way, and the refusal stays short', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.jsonValue().map((value) => JSON.stringify(value)),
      ),
      (text) => {
        const refusal = read(text);
        expect([refusal instanceof UsageError, String(refusal).length < 500]).toEqual([true, true]);
      },
    ),
  );
});

/** Members of a JSON value, each once as a place that can be replaced. */
function places(value: unknown): ((change: unknown) => void)[] {
  if (typeof value !== 'object' || value === null) return [];
  const members = value as Record<string, unknown>;
  return Object.keys(members).flatMap((name) => [
    (change: unknown) => void Object.defineProperty(members, name, { value: change, enumerable: true, configurable: true }),
    ...places(members[name]),
  ]);
}

test('a report in which anything is replaced by anything is read or refused in one way', () => {
  fc.assert(
    fc.property(anyReport, fc.nat(), fc.jsonValue(), (report, at, change) => {
      const value = JSON.parse(renderJson(report)) as object;
      const all = places(value);
      all[at % all.length]?.(change);
      const got = read(JSON.stringify(value));
      // What is taken is a report that can be shown, and whose counts are its own.
      const none: Pick<Report, 'results' | 'summary'> = { results: [], summary: { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 } };
      const { results, summary } = got instanceof UsageError ? none : (JSON.parse(renderJson(got as Report)) as Report);
      expect(Object.values(summary).reduce((sum, count) => sum + count, 0)).toBe(results.length);
    }),
    { numRuns: 500 },
  );
});

const deep = (of: number): string => `${'['.repeat(of)}${']'.repeat(of)}`;
const whole = (data: string): string =>
  `{"schemaVersion":1,"tool":{"name":"kyma-guard","version":"1"},"verb":"verify","run":{"labels":{},"inputDigest":"d"},"results":[],"data":{"a":${data}}}`;

test('nesting without end is refused, and as deep as a report can be is read', () => {
  expect(read(whole(deep(20)))).not.toBeInstanceOf(UsageError);
  expect(String(read(whole(deep(200_000))))).toContain('nested');
});

test('a report that is wrong in 100,000 places is refused at once', () => {
  const start = performance.now();
  const results = Array.from({ length: 20_000 }, () => '{"id":1,"fingerprint":2,"status":3,"severity":4,"title":5,"message":6}').join(',');
  const text = whole('1').replace('"results":[]', `"results":[${results}]`);
  expect(String(read(text))).toMatch(/\(and \d{5,} more\)/);
  expect(performance.now() - start).toBeLessThan(20_000);
});
