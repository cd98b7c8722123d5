import fc from 'fast-check';
import {
  neutralizeForMarkdown,
  neutralizeForMarkdownCode,
  neutralizeForMarkdownFence,
  neutralizeForSarif,
  neutralizeForTerminal,
  neutralizeForWorkflowCommand,
  neutralizeForWorkflowProperty,
  neutralizeForXml,
  neutralizeJson,
} from '../../src/report/neutralize';
import { hostileText } from '../support/hostile-text';
import { parseStrictXml } from '../support/strict-xml';

const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|\p{Cs}/u;

test.each([
  ['terminal', neutralizeForTerminal],
  ['XML', neutralizeForXml],
  ['workflow command', neutralizeForWorkflowCommand],
  ['workflow property', neutralizeForWorkflowProperty],
  ['Markdown', neutralizeForMarkdown],
  ['Markdown fence', neutralizeForMarkdownFence],
  ['SARIF', neutralizeForSarif],
])('%s: nothing hidden, and no command of a CI system on any line', (_, neutralize) => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const shown = neutralize(text);
      expect(shown).not.toMatch(hidden);
      expect(shown).not.toMatch(/^\s*::/m);
      expect(shown).not.toMatch(/##(\[|vso\[|teamcity\[)/i);
    }),
  );
});

test('text without anything hostile stays as it is', () => {
  const text = 'spec.rules[0].path is "/a/{*}"; give a path\n\tof one segment: ü, 東京, 😀 # 1';
  expect([neutralizeForTerminal(text), neutralizeForSarif(text)]).toEqual([text, text]);
});

test('many blank lines cost no more than their length', () => {
  const started = process.cpuUsage().user;
  neutralizeForTerminal('\n'.repeat(400_000));
  expect(process.cpuUsage().user - started).toBeLessThan(1_000_000);
});

test('XML: as text and as a value it reads back as what a terminal shows', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const expected = neutralizeForTerminal(text).replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
      const parsed = parseStrictXml(
        `<a b="${neutralizeForXml(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}">${neutralizeForXml(text)}</a>`,
      );
      expect([parsed.text, parsed.attributes['b'], parsed.elements]).toEqual([expected, expected, []]);
    }),
  );
});

test('workflow command: one line that the runner decodes to what a terminal shows', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const [data, property] = [neutralizeForWorkflowCommand(text), neutralizeForWorkflowProperty(text)];
      expect(data).not.toMatch(/[\r\n]/);
      expect(property).not.toMatch(/[\r\n:,]/);
      expect([decode(data), decode(property)]).toEqual([neutralizeForTerminal(text), neutralizeForTerminal(text)]);
    }),
  );
});

test('workflow command: percent, line breaks, and the ends of a property, exactly', () => {
  expect(neutralizeForWorkflowCommand('a%0A: b,\r\nc\nd')).toBe('a%250A: b,%0Ac%0Ad');
  expect(neutralizeForWorkflowProperty('C:\\a,b%\n')).toBe('C%3A\\a%2Cb%25%0A');
});

test('Markdown: one line in which every character that could be markup is escaped or an entity', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const shown = neutralizeForMarkdown(text);
      const rest = shown.replace(/`[^`]+`|\\[\\`*_[\]~$#+=-]|&(amp|lt|gt|#124|#8203);/g, '');
      const prose = shown.replace(/\\.|`[^`]+`/g, (part) => (part.startsWith('`') ? 'code' : part));
      expect(shown).not.toMatch(/[\n\r|<>]/);
      expect(rest).not.toMatch(/[\\`*_[\]~$#&]/);
      expect(prose).not.toMatch(/@(?!&#8203;)|:\/\/|www\.|#(?=\d)(?!124;|8203;)|^[-+=]|^\d+[.)]/i);
    }),
  );
});

test('Markdown: it reads back as what a terminal shows on one line', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const read = neutralizeForMarkdown(text).replace(
        /`([^`]+)`|\\([\\`*_[\]~$#+=-])|&(amp|lt|gt|#124|#8203);/g,
        (_, code?: string, character?: string, name = '') => {
          return code ?? character ?? { amp: '&', lt: '<', gt: '>', '#124': '|' }[String(name)] ?? '';
        },
      );
      expect(read).toBe(neutralizeForTerminal(text).replace(/\s+/g, ' ').trim());
    }),
  );
});

test.each([
  ['a link', '[a](https://b)', '\\[a\\](`https://b`)'],
  [
    'an address',
    'token of https://a.example.com/realms/b_c, or www.d.example',
    'token of `https://a.example.com/realms/b_c`, or `www.d.example`',
  ],
  ['an address with what would end its code', 'x https://a`b', 'x https:&#8203;//a\\`b'],
  ['a mention and an issue', '@user #12', '@&#8203;user \\#&#8203;12'],
  ['HTML', '<script>&lt;', '&lt;script&gt;&amp;lt;'],
  ['a cell', 'a|b\\|c', 'a&#124;b\\\\&#124;c'],
  ['code', '`a` ``b``', '\\`a\\` \\`\\`b\\`\\`'],
  ['a list, a number, a heading', '- 1', '\\- 1'],
  ['the number of a list', '1. a', '1&#8203;. a'],
])('Markdown: %s is shown, not made', (_, text, shown) => {
  expect(neutralizeForMarkdown(text)).toBe(shown);
});

test.each([
  ['a request', 'GET https://a.example.com/b_c?d=*', '`GET https://a.example.com/b_c?d=*`'],
  ['what would end the code', 'a`b', '<code>a\\`b</code>'],
  ['what would end the cell', 'a|b', '<code>a&#124;b</code>'],
])('Markdown: %s as code is copied as it is, or shown by escaping', (_, text, shown) => {
  expect(neutralizeForMarkdownCode(text)).toBe(shown);
});

test('Markdown: no text ends its fence', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const lines = neutralizeForMarkdownFence(text).split('\n');
      const fence = /^(`{3,})text$/.exec(lines[0] ?? '')?.[1] ?? '';
      const ends = lines.flatMap((line, index) => (index > 0 && new RegExp(`^ {0,3}\`{${fence.length},}\\s*$`).test(line) ? [index] : []));
      expect(ends).toEqual([lines.length - 1]);
    }),
  );
});

test('SARIF: no text is a link or the place of an argument', () => {
  fc.assert(fc.property(hostileText, (text) => expect(neutralizeForSarif(text)).not.toMatch(/\]\(|\{\d+\}/)));
});

test('JSON: inert, with the same value', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const json = neutralizeJson(JSON.stringify({ text }, null, 2));
      expect(JSON.parse(json)).toEqual({ text });
      expect(json).not.toMatch(/[<>\u009b\u202e]|##\[|##vso\[|^\s*::/im);
    }),
  );
});

function decode(text: string): string {
  return text.replace(/%(0D|0A|3A|2C|25)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
