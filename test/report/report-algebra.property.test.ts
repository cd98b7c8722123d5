import fc from 'fast-check';
import type { CheckResult } from '../../src/model/check-result';
import { diffReports, type Change } from '../../src/report/diff';
import { renderJson } from '../../src/report/json';
import { keyOf, mergeReports, rankOf } from '../../src/report/merge';
import type { Report } from '../../src/report/report';
import { anyReport } from '../support/arbitrary-report';

type Compared = {
  readonly results: readonly CheckResult[];
  readonly data: { readonly diff: Readonly<Record<Change | 'unchanged', number>> };
};

const diff = (before: Report, after: Report): Compared => diffReports(before, after) as unknown as Compared;
const keys = (...reports: Report[]): string[] => [...new Set(reports.flatMap(({ results }) => results.map(keyOf)))].sort();
/** What a report says of each check, whatever the order. */
const verdicts = ({ results }: Report): string[] => results.map((result) => `${keyOf(result)} ${rankOf(result)}`).sort();

test('a merge says the same whatever the order of the reports, and counts the same', () => {
  fc.assert(
    fc.property(anyReport, anyReport, anyReport, (a, b, c) => {
      const [one, other] = [mergeReports([a, b, c]), mergeReports([c, a, b])];
      expect([verdicts(other), other.summary]).toEqual([verdicts(one), one.summary]);
    }),
  );
});

test('a merge holds every check once, as bad as the worst of its reports has it', () => {
  fc.assert(
    fc.property(anyReport, anyReport, (a, b) => {
      const merged = mergeReports([a, b]);
      const worst = (key: string): number =>
        Math.min(...[...a.results, ...b.results].filter((result) => keyOf(result) === key).map(rankOf));
      expect(verdicts(merged)).toEqual(
        keys(a, b)
          .map((key) => `${key} ${worst(key)}`)
          .sort(),
      );
    }),
  );
});

test('a report that is named twice counts once', () => {
  fc.assert(
    fc.property(anyReport, anyReport, (a, b) => {
      expect(renderJson(mergeReports([a, b, a]))).toBe(renderJson(mergeReports([a, b])));
      expect(verdicts(mergeReports([mergeReports([a, b]), b]))).toEqual(verdicts(mergeReports([a, b])));
    }),
  );
});

test('labels and facts of a merge come from its reports, never from the names of an object', () => {
  fc.assert(
    fc.property(anyReport, anyReport, (a, b) => {
      const { run, data = {} } = mergeReports([a, b]);
      const labels = [a, b].flatMap((report) => Object.entries(report.run.labels));
      const joined = (name: string): string => [...new Set(labels.flatMap(([own, value]) => (own === name ? [value] : [])))].join(', ');
      expect(new Map(Object.entries(run.labels))).toEqual(new Map(labels.map(([name]) => [name, joined(name)])));
      expect(JSON.parse(JSON.stringify(data))).toEqual(data);
    }),
  );
});

test('a report does not differ from itself', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const { results, data } = diff(report, report);
      expect([results, data.diff.unchanged]).toEqual([[], keys(report).length]);
    }),
  );
});

test('every check of either report is in exactly one class of a comparison', () => {
  fc.assert(
    fc.property(anyReport, anyReport, (before, after) => {
      const { results, data } = diff(before, after);
      const { unchanged, ...changes } = data.diff;
      const changed = Object.values(changes).reduce((sum, count) => sum + count, 0);
      expect([changed + unchanged, results.length]).toEqual([keys(before, after).length, changed]);
    }),
  );
});

test('what is worse one way is better or unclear the other way, and what is new is gone', () => {
  fc.assert(
    fc.property(anyReport, anyReport, (before, after) => {
      const [there, back] = [diff(before, after).data.diff, diff(after, before).data.diff];
      expect([there.worse, there.new, there.unchanged]).toEqual([back.better + back.unclear, back.gone, back.unchanged]);
    }),
  );
});

test('what got worse fails, what is unclear is undecided, and nothing that failed before passes unseen', () => {
  fc.assert(
    fc.property(anyReport, anyReport, (before, after) => {
      const { results, data } = diff(before, after);
      const count = (status: CheckResult['status'], start: string): number =>
        results.filter((result) => result.status === status && result.message.startsWith(start)).length;
      expect(count('fail', 'was ')).toBe(data.diff.worse);
      expect(count('error', 'was ')).toBe(data.diff.unclear);
      expect(results.filter(({ message }) => message.startsWith('new: ')).length).toBe(data.diff.new);
    }),
  );
});
