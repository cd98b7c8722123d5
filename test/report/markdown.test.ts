import fc from 'fast-check';
import { checkResult } from '../../src/model/check-result';
import { renderMarkdown } from '../../src/report/markdown';
import { hostileText } from '../support/hostile-text';
import { reportFullOf } from './formats';
import { reportOf, sampleReport } from './sample-report';

const sample = renderMarkdown(sampleReport);
const headings = (text: string) => outsideFences(text).filter((line) => line.startsWith('#'));

/** The lines that are not in a block of code, by the rule of the fence that opened it. */
function outsideFences(text: string): string[] {
  let fence = '';
  return text.split('\n').filter((line) => {
    const [ticks = ''] = /^`{3,}/.exec(line) ?? [];
    if (fence === '' && ticks !== '') fence = ticks;
    else if (fence !== '' && line.trimEnd() === ticks && ticks.length >= fence.length) fence = '';
    else return fence === '';
    return false;
  });
}

test('counts, findings, details, and what does not count, in this order', () => {
  expect(headings(sample).filter((line) => !line.startsWith('####'))).toEqual([
    '## kyma-guard validate',
    '### Findings',
    '### Details',
    '### Accepted risks',
    '### Skipped',
  ]);
});

test('the counts are a table', () => {
  expect(sample).toContain(
    '| Failed | Could not tell | Warned | Skipped | Passed |\n| ---: | ---: | ---: | ---: | ---: |\n| 2 | 1 | 1 | 2 | 0 |\n',
  );
});

test('findings are rows, worst first', () => {
  expect(sample.match(/^\| (FAIL|ERROR|WARN) \| \w+/gm)).toEqual(['| FAIL | critical', '| FAIL | high', '| ERROR | high', '| WARN | low']);
});

test('the details of a finding hold source and witness as they are, then the fix', () => {
  expect(sample).toContain(
    [
      '```text',
      '22 |       path: /{**}',
      '   |             ^',
      'request:  GET https://orders.example.com/admin/a',
      'expected: 403',
      'actual:   forwarded by rule 2 without a token',
      '```',
      '',
      '- **fix:** Narrow the path of the public rule.',
      '- **docs:** docs/checks.md\\#hole-no-token',
    ].join('\n'),
  );
});

test('what is suppressed says by whom, until when and why', () => {
  expect(sample).toMatch(/\| `wildcard-host` \| .* \| annotation \| 2027-01-31 \| one host per tenant, see the tenant guide \|/);
});

test('a report of any length fits into a step summary, and what is left out is counted', () => {
  const one = (index: number) =>
    checkResult({
      id: `c${index}`,
      status: 'fail',
      severity: 'high',
      title: 't',
      message: '@'.repeat(5000),
      where: { file: 'a.yaml', line: index + 1 },
    });
  const text = renderMarkdown(reportOf(Array.from({ length: 3000 }, (_, index) => one(index))));
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  expect(text).toMatch(/\n\n\d+ more are left out here; `--format json` has all of them\.\n/);
});

test('no text changes the structure: the same headings, rows and cells whatever it holds', () => {
  const shape = (text: string): unknown => {
    const lines = outsideFences(renderMarkdown(reportFullOf(text)));
    return [
      lines.filter((line) => line.startsWith('#')).map((line) => line.slice(0, 8)),
      lines.flatMap((line) => (line.startsWith('|') ? [line.split('|').length] : [])),
    ];
  };
  const expected = shape('ordinary');
  fc.assert(
    fc.property(
      hostileText.filter((text) => /[a-z]/.test(text)),
      (text) => expect(shape(text)).toEqual(expected),
    ),
  );
});

test('no HTML but the code of this format, no link and no mention outside of blocks of code', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const shown = outsideFences(renderMarkdown(reportFullOf(text)))
        .join('\n')
        .replace(/\\[^\s\w]|`[^`]*`|<\/?code>/g, '');
      expect(shown).not.toMatch(/[<>]|:\/\/|www\.|@(?!&#8203;)|[[\]]/i);
    }),
  );
});
