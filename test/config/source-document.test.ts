import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseSource } from '../../src/config/source-document';
import { cutSource } from '../../src/config/source-slices';
import { cpuTime, endless } from '../support/cpu-time';
import { configFolder, issuers, oneFunction, problemsOf } from '../support/config-folder';

const padding = `padding: ${'x'.repeat(300_000)}\n`;

/** Values that configurations hold, some of which look like structure. */
const scalar = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom('/*', '{*}', '# no comment', 'a: b', '|', '- x', '"', "it's", '\n', 'two\nlines\n'),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), tie('any'), { maxKeys: 4 }),
  ),
})).any;

test('a long file that is read in pieces says the same as one that is read whole', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), value, { minKeys: 1, maxKeys: 5 }), (data) => {
      const text = stringify({ ...data, more: data });
      const long = parseSource(`${padding}${text}`, 'f');
      const short = parseSource(text, 'f');
      expect('data' in long && long.data).toEqual({ padding: 'x'.repeat(300_000), ...('data' in short ? short.data : {}) });
    }),
    { numRuns: 20 },
  );
});

const services = (count: number): string =>
  Array.from({ length: count }, (_, i) => `  svc-${i}:\n    # comment\n    host: "a: b"\n    path: /*\n\n`).join('');

test('a long mapping is cut between its members and nothing is lost', () => {
  const members = cutSource(`version: 1\nservices: # all\n${services(5000)}last: 1\n`) ?? [];
  expect(members.map(({ name }) => name)).toEqual([undefined, 'services', undefined]);
  expect(members[1]?.texts.length).toBeGreaterThan(2);
  expect(members[1]?.texts.join('')).toBe(services(5000));
});

test.each([
  ['directives', '%YAML 1.1\n---\na: 1\n'],
  ['several documents', 'a: 1\n---\nb: 2\n'],
  ['flow style', '{ a: 1 }\n'],
  ['explicit keys', '? a\n: 1\n'],
  ['tabs', '\ta: 1\n'],
  ['a list', '- a\n'],
])('%s are not cut', (_, text) => {
  expect(cutSource(text)).toBeUndefined();
});

test.each([
  ['a key twice, far apart', `services:\n${services(5000)}  svc-1: {}\n`, 'a second time'],
  ['an alias to another piece', `services:\n  first: &one { a: 1 }\n${services(5000)}last: *one\n`, 'no problem'],
  ['a quote that is never closed', `services:\n${services(5000)}  svc-x: "\n`, 'quote'],
])('%s in a long file is treated as in a short one', (_, text, message) => {
  const parsed = parseSource(text, 'f');
  expect('data' in parsed ? 'no problem' : parsed.map((problem) => problem.message).join()).toContain(message);
});

test('places in a long file are those of the whole file', () => {
  const parsed = parseSource(`services:\n${services(5000)}`, 'f');
  expect('data' in parsed && parsed.find(['services', 'svc-4999', 'host'])).toEqual({ line: 1 + 4999 * 5 + 3, column: 11 });
});

test('values nested without end are a problem at their place, not the end of the process', () => {
  const text = `a: ${'['.repeat(200_000)}`;
  expect(parseSource(text, 'f')).toEqual([{ line: 1, column: 253, message: 'values are nested too deeply to be read' }]);
});

test('keys of the prototype are data like others', async () => {
  const yaml = `version: 1\n${issuers}__proto__: { polluted: true }\nconstructor: 1\n`;
  expect((await problemsOf(configFolder(yaml))).join()).toContain('the key "constructor" is unknown');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test.each(['/((a+)+)+b', `/${'a'.repeat(100_000)}!`, `/${'((a+)+)+'.repeat(5_000)}`, `${'/{**}'.repeat(20_000)}x`])(
  'a hostile path is read in no time',
  async (path) => {
    const spent = cpuTime();
    await problemsOf(configFolder(oneFunction(`{ path: '${path}', methods: [GET], access: public }`)));
    expect(spent()).toBeLessThan(endless);
  },
);
