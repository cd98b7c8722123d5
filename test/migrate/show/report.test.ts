import fc from 'fast-check';
import { migrationMarkdown } from '../../../src/migrate/show/migration-markdown';
import { migrationText } from '../../../src/migrate/show/migration-text';
import type { JsonObject, JsonValue } from '../../../src/model/json';
import { renderHtml } from '../../../src/report/html/html';
import { neutralizeForTerminal } from '../../../src/report/neutralize';
import { createReport } from '../../../src/report/report';
import { hostileText } from '../../support/hostile-text';

const request = {
  methods: ['GET'],
  host: 'a.example.com',
  path: '/a',
  caller: 'without a token',
  before: 'was refused',
  after: 'reaches shop/a',
};
const note = { id: 'migrate-open', effect: 'open', message: 'it is open', fix: 'Close it.' };

/** A migration with everything that a report can show. */
const whole: JsonObject = {
  rules: [
    {
      ...{
        apiRule: 'shop/a',
        file: 'k/a.yaml',
        line: 2,
        template: 'c/templates/a.yaml',
        form: 'v1beta1',
        foundIn: 'annotation',
        written: false,
      },
      ...{ why: 'a reason', host: { old: 'a', new: 'a.example.com' }, gateway: { old: 'g.n', new: 'n/g' }, notes: [note] },
      rules: [
        {
          rule: 0,
          old: { path: '/.*', methods: ['GET'], access: 'noop', mutators: ['header'], service: 'b:1' },
          new: [{ rule: 0, path: '/*', methods: ['GET'], access: 'noAuth', service: 'b:1' }],
          notes: [{ ...note, effect: 'manual' }],
        },
      ],
    },
  ],
  proof: [
    {
      ...{ apiRules: ['shop/a'], complete: false, proven: false, open: ['something'] },
      ...{ opened: [request], widened: [request], closed: [request], odd: [request], moved: [request], delegated: [request] },
    },
  ],
  plan: [
    {
      ...{ services: ['shop/a'], assumed: true, apiRules: ['shop/a'], blockedBy: ['shop/a'], companions: [] },
      steps: [
        {
          number: 1,
          title: 'Apply',
          apply: ['APIRule shop/a'],
          remove: ['X y/z'],
          check: ['kubectl get'],
          meanwhile: 'open',
          wayBack: 'none',
        },
      ],
      warnings: [{ id: 'migrate-x', severity: 'low', message: 'a warning', fix: 'a fix' }],
    },
  ],
};

/** The same with a text behind each text; what decides about the layout stays. */
function withText(value: JsonValue | undefined, text: string, key = ''): JsonValue {
  if (Array.isArray(value)) return value.map((entry) => withText(entry, text, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withText(member, text, name)]));
  return typeof value === 'string' && !['effect', 'foundIn', 'severity', 'id'].includes(key) ? `${value}${text}` : (value ?? null);
}

const page = (text: string): string =>
  renderHtml(
    createReport({
      verb: 'migrate',
      run: { labels: {}, inputDigest: '' },
      results: [],
      version: '0',
      data: withText(whole, text) as JsonObject,
    }),
  );
const tags = (html: string): string[] => html.slice(html.indexOf('<body>')).match(/<\/?[a-z][a-z0-9]*/g) ?? [];

test('every part of a migration is on the page, with old and new side by side', () => {
  const html = page('');
  const shown = [
    'APIRule shop/a',
    'not written',
    'c/templates/a.yaml',
    'a reason',
    'a becomes a.example.com',
    '/.*',
    '/*',
    'by hand',
    'not proven',
    'Let in now',
    'No longer let in',
    'cannot be told: something',
    'kubectl get',
    'a warning',
  ];
  expect(shown.filter((text) => !html.includes(text))).toEqual([]);
  for (const name of ['rules', 'search', 'plan']) expect(html).toContain(`<li><a href="#${name}-title">`);
});

test('no text of a manifest becomes a tag of the page', () => {
  const plain = tags(page('x'));
  fc.assert(fc.property(hostileText, (text) => expect(tags(page(`x${text}`))).toEqual(plain)));
});

test('no text of a manifest becomes a line, a cell or a heading of Markdown', () => {
  const shape = (text: string): string[] =>
    migrationMarkdown(withText(whole, text) as JsonObject)
      .split('\n')
      .filter((line) => !/^`{3,}|^kubectl/.test(line))
      .map((line) => `${/^[#|>-]*/.exec(line)?.[0] ?? ''} ${line.match(/(?<!\\)\|/g)?.length ?? 0}`);
  const oneLine = hostileText.map((text) => text.replace(/[\r\n]/g, ' '));
  const plain = shape('x');
  fc.assert(fc.property(oneLine, (text) => expect(shape(`x${text}`)).toEqual(plain)));
});

test('the text for a terminal says the same without control characters', () => {
  const text = neutralizeForTerminal(migrationText(withText(whole, '\u001b[31m') as JsonObject));
  expect(text).not.toContain('\u001b');
  expect(text).toContain('=>');
  expect(text).toContain('way back');
});
