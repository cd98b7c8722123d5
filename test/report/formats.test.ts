import fc from 'fast-check';
import { hostileText } from '../support/hostile-text';
import { formats, reportFullOf, rulesFullOf } from './formats';
import { reportOf, sampleReport, sampleRules } from './sample-report';

describe.each(Object.entries(formats))('%s', (format, render) => {
  test('gives the same bytes for the same input', () => {
    expect(render(structuredClone(sampleReport), structuredClone(sampleRules))).toBe(render(sampleReport, sampleRules));
  });

  test('ends in one line feed and has no carriage return', () => {
    const text = render(sampleReport, sampleRules);
    expect([text.endsWith('\n'), text.endsWith('\n\n'), text.includes('\r')]).toEqual([true, false, false]);
  });

  test('keeps time and randomness out of an offline report', () => {
    expect(render(sampleReport, sampleRules)).not.toMatch(/\btime(stamp)?=|T\d\d:\d\d|startTimeUtc/);
  });

  test('is no command of a CI system on any line, except where it means to be one', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const lines = render(reportFullOf(text), rulesFullOf(text)).split(/\r\n|\r|\n/);
        const commands = lines.filter((line) => /^\s*::|##\[|##vso\[|##teamcity\[/i.test(line));
        expect(commands.filter((line) => !/^::(error|warning|notice) /.test(line))).toEqual([]);
        expect(commands).toHaveLength(format === 'github' ? 6 : 0);
      }),
    );
  });
});

test.each([
  ['text', 'nothing was checked\n'],
  ['junit', 'tests="0" failures="0" errors="0" skipped="0">\n</testsuites>'],
  ['github', 'kyma-guard validate: nothing was checked\n'],
  ['markdown', 'nothing was checked\n'],
  ['html', '>Nothing was checked</p>'],
])('%s does not make a pass of a report in which nothing was checked', (format, shown) => {
  expect(formats[format]?.(reportOf([]))).toContain(shown);
});

test.each(['text', 'junit', 'github', 'markdown', 'html'])('%s says how many objects were checked when nothing was found', (format) => {
  expect(formats[format]?.(reportOf([], { checked: 3 }))).toContain('3 objects checked, no finding');
});
