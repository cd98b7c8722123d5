import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isNode, LineCounter, parseAllDocuments, parseDocument, stringify } from 'yaml';
import type { JsonObject } from '../../src/model/json';
import { printManifests } from '../../src/model/print-manifests';
import { readDocuments, readManifests, type ReadDocument } from '../../src/model/read-manifests';
import { splitDocuments } from '../../src/model/split-documents';
import { runs } from '../support/runs';

const sound = (name: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`;
const named = (document: ReadDocument) => ('manifest' in document ? document.manifest.name : document.problem.where.line);

describe('documents come in the order of the source, problems in place among them', () => {
  test.each<[string, string, (string | number | undefined)[]]>([
    ['YAML', `${sound('a')}---\nb: [\n---\n${sound('c')}---\nhello\n---\n${sound('e')}`, ['a', 6, 'c', 11, 'e']],
    ['JSON in a YAML stream', `---\n{"kind": 1}\n---\n${sound('b')}`, [2, 'b']],
    ['JSON values one after the other', '{"kind": 1}\n{"apiVersion": "v1", "kind": "A", "metadata": {"name": "b"}}\n[]', [1, 'b', 3]],
    ['a list of JSON', '{"items": [1,\n {"apiVersion": "v1", "kind": "A", "metadata": {"name": "b"}},\n 3], "kind": "List"}', [1, 'b', 3]],
    ['a list of YAML', `kind: List\nitems:\n- 1\n- ${sound('b').trimEnd().replaceAll('\n', '\n  ')}\n- 3\n`, [3, 'b', 7]],
    ['a byte order mark in the middle', `${sound('a')}\uFEFF${sound('b')}`, ['a', 4, 'b']],
    ['a byte order mark before the next document', `${sound('a')}\uFEFF---\n${sound('b')}`, ['a', 4, 'b']],
    ['a byte order mark at the start', `\uFEFF---\n${sound('a')}`, ['a']],
    ['directives', `%YAML 1.2\n---\n${sound('a')}...\n%TAG ! tag:x,2000:\n# c\n---\n${sound('b')}`, ['a', 'b']],
    ['JSON with a byte order mark', `\uFEFF{"kind": 1}`, [1]],
    ['JSON that is YAML in braces', `{apiVersion: v1, kind: A, metadata: {name: a}, # c\n}\n`, ['a']],
  ])('%s', (_name, text, expected) => {
    expect([...readDocuments(text, 'in')].map(named)).toEqual(expected);
  });
});

describe('where documents begin and end', () => {
  test.each<[string, string, string[]]>([
    ['comments before the first mark', '# a\n\n---\nb: 1\n', ['# a\n\n---\nb: 1\n']],
    ['a comment after a document belongs to it', 'a: 1\n# a\n---\nb: 1\n', ['a: 1\n# a\n', '---\nb: 1\n']],
    ['a comment after the end belongs to the next', 'a: 1\n...\n# b\n---\nb: 1\n', ['a: 1\n...\n', '# b\n---\nb: 1\n']],
    ['a mark without a line end', 'a: 1\n---', ['a: 1\n', '---']],
    ['a mark with a value', '--- 1\n--- 2\n', ['--- 1\n', '--- 2\n']],
    ['a mark with spaces, tabs and carriage returns', '--- \n---\t\n---\r\n', ['--- \n', '---\t\n', '---\r\n']],
    ['what only looks like a mark', 'a: |\n ---\n---b: 1\n....\n', ['a: |\n ---\n---b: 1\n....\n']],
    ['nothing', '', []],
  ])('%s', (_name, text, parts) => {
    expect([...splitDocuments(text)].map(({ start, end }) => text.slice(start, end))).toEqual(parts);
  });

  test('their lines are those of the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('---', '...', '# c', '', 'a: 1', '%YAML 1.2', '--- x', '\uFEFFb: 1', ' ---')), (parts) => {
        const text = parts.join('\n');
        const ranges = [...splitDocuments(text)];
        expect(ranges.map(({ line }) => line)).toEqual(ranges.map(({ start }) => text.slice(0, start).split('\n').length));
        expect(ranges.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text.replaceAll(/^\uFEFF/gm, ''));
      }),
    );
  });
});

describe('reading document by document is reading all at once', () => {
  const scalar = fc.oneof(
    fc.string().filter((text) => !/[\u007f-\u009f]/.test(text)),
    fc.constantFrom('---', '...', '# x', 'a: b', '\n---\n', 'line\nline\n', '{{', '*', '&a', '2020-01-01', ''),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.string({ minLength: 1 }).filter((text) => !/[\u007f-\u009f]/.test(text)),
        tie('value'),
        { maxKeys: 3 },
      ),
    ),
  }));
  const style = fc.record({
    collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
    indentSeq: fc.boolean(),
    defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const, 'BLOCK_LITERAL' as const),
  });
  const body = fc.record({ apiVersion: fc.constant('v1'), kind: fc.constant('A'), metadata: fc.constant({ name: 'a' }), spec: value });
  const printed = fc
    .tuple(body, style)
    .map(([object, options]) => stringify(object, options))
    // The printer itself writes an empty sequence where none may stand when sequences are not indented.
    .filter((text) => parseDocument(text, { logLevel: 'error' }).errors.length === 0);
  const document = fc.oneof(
    { weight: 8, arbitrary: printed },
    { weight: 2, arbitrary: body.map((object) => `${JSON.stringify(object, null, 1)}\n`) },
    { weight: 1, arbitrary: fc.constantFrom('', '# nothing\n', '\n') },
  );
  const separator = fc.constantFrom('---\n', '--- # c\n', '...\n---\n', '...\n# c\n\n---\n', '---\n# c\n', '...\n%YAML 1.2\n---\n');
  const stream = fc
    .tuple(document, fc.array(fc.tuple(separator, document), { maxLength: 4 }), fc.boolean())
    .map(([first, rest, crlf]) => [first, ...rest.flat()].join('').replaceAll('\n', crlf ? '\r\n' : '\n'));

  /** Every path of a value, the value itself first. */
  function pathsOf(of: unknown, path: (string | number)[] = []): (string | number)[][] {
    if (typeof of !== 'object' || of === null) return [path];
    const entries = Array.isArray(of) ? [...of.entries()] : Object.entries(of);
    return [path, ...entries.flatMap(([key, item]) => pathsOf(item, [...path, key]))];
  }

  test('the objects are the same, and so is the place of every value', () => {
    fc.assert(
      fc.property(stream, (text) => {
        const lineCounter = new LineCounter();
        const whole = parseAllDocuments(text, { lineCounter, logLevel: 'error' });
        const expected = Array.from(whole).filter(({ contents }) => contents !== null && (contents as { value?: unknown }).value !== null);
        const { manifests, problems } = readManifests(text, 'in');
        expect(problems).toEqual([]);
        expect(manifests.map(({ body }) => body)).toEqual(expected.map((one) => one.toJS()));
        for (const [index, manifest] of manifests.entries()) {
          for (const path of pathsOf(manifest.body)) {
            const node: unknown = path.length === 0 ? expected[index]?.contents : expected[index]?.getIn(path, true);
            const { line, col } = lineCounter.linePos((isNode(node) && node.range?.[0]) || 0);
            expect([path, manifest.locate(path)]).toEqual([path, { line, column: col }]);
          }
        }
      }),
      { numRuns: runs(500) },
    );
  });

  test('the place of a value is the same whatever was asked for before', () => {
    const value = fc.object({ maxDepth: 3, key: fc.constantFrom('a', 'b', 'items'), values: [fc.string(), fc.integer()] });
    const object = value.map((spec) => ({ apiVersion: 'v1', kind: 'A', metadata: { name: 'a' }, spec }));
    const alone = (text: string, path: (string | number)[]) => readManifests(text, 'in').manifests[0]?.locate(path);
    fc.assert(
      fc.property(object, fc.constantFrom(0, 1, 4), fc.infiniteStream(fc.nat()), (body, indent, order) => {
        const text = JSON.stringify(body, null, indent);
        const [manifest] = readManifests(text, 'in').manifests;
        const paths = [...pathsOf(body), ['spec', 'none'], ['spec', 7], ['none', 0]];
        const shuffled = paths.map((path) => [order.next().value as number, path] as const).sort(([a], [b]) => a - b);
        for (const [, path] of shuffled) expect([path, manifest?.locate(path)]).toEqual([path, alone(text, path)]);
      }),
      { numRuns: runs(100) },
    );
  });

  test.each([
    ['anchors of one name', 'x: &a 1\ny: &b [*a]\nz: &a 2\nw: [*b, *a]\n'],
    ['an anchor within an anchor of its name', 'x: &a [&a 1, *a]\ny: *a\n'],
    ['merges', 'x: &a {p: 1, q: 1}\ny: &b {q: 2, r: 2}\nz: {q: 0, <<: [*a, *b], r: 0}\nw: {<<: *a, p: 5}\n'],
    ['two merges', 'x: &a {p: 1, q: 1}\ny: &b {q: 2, r: 2}\nz:\n  <<: *a\n  <<: *b\n'],
    ['a quoted merge', 'x: {"<<": 1}\n'],
    ['keys that are no texts', 'x: {1: a, true: b, 1.5: c, 0x10: d}\n'],
    ['an alias as a key', 'x: &a key\ny: {*a : 1}\n'],
    ['anchors of nothing', 'x: &a\ny: *a\n'],
    ['block texts', 'x: |\n  a\n   b\n\n  c\ny: >-\n  a\n  b\n'],
    ['numbers', 'x: [0o7, 0x1f, 1e3, -0.5, +1, 12e03, 1_000, 08]\n'],
    ['tags', 'x: !!str 1\ny: !foo bar\nz: !!int "3"\n'],
  ])('%s mean the same', (_name, text) => {
    const [whole] = parseAllDocuments(sound('a') + text, { merge: true, logLevel: 'error' });
    expect(readManifests(sound('a') + text, 'in').manifests[0]?.body).toEqual(whole?.toJS());
  });

  test('dates of YAML 1.1 are texts', () => {
    expect(readManifests(`%YAML 1.1\n---\n${sound('a')}x: 2020-01-01\n`, 'in').manifests[0]?.body['x']).toBe('2020-01-01');
  });
});

test('what is printed is safe for every reader: no control characters, no line ends of other readers', () => {
  const text = 'a\u007fb\u0085c\u2028d\uffffe';
  const object: JsonObject = { apiVersion: 'v1', kind: 'A', metadata: { name: 'a' }, [text]: `${text}\n${text}` };
  const printed = printManifests([object]);
  expect([/[\u007f-\u009f\u2028\uffff]/.test(printed), readManifests(printed, 'in').manifests[0]?.body]).toEqual([false, object]);
});

test('neither parsed documents nor objects stay in memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed / 1e6;
  };
  const text = Buffer.from(
    Array.from({ length: 50 }, (_, i) => `${sound(`a${i}`)}x:\n${'  - {a: 1, b: [c, d]}\n'.repeat(500)}`).join('---\n'),
  ).toString();
  const before = heap();
  const growth: number[] = [];
  for (const document of readDocuments(text, 'in'))
    if (named(document) === 'a25' || named(document) === 'a49') growth.push(heap() - before);
  // All of them would take about 75 MB as parsed documents and 7 MB as objects.
  expect(growth.map((mb) => mb < 3)).toEqual([true, true]);
});
