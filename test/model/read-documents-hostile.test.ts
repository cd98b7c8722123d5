import fc from 'fast-check';
import { DocumentTooLargeError } from '../../src/model/errors';
import { readDocuments, readManifests, whereOf } from '../../src/model/read-manifests';
import { runs } from '../support/runs';

const sound = (name: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`;
const repeat = (line: (index: number) => string, count = 20_000) => Array.from({ length: count }, (_, index) => line(index)).join('');

/** What is said of a text that stands between two sound documents. It begins on line 5. */
function between(text: string): { place: string; message: string; fix: string } {
  const { manifests, problems } = readManifests(`${sound('a')}---\n${text}\n---\n${sound('z')}`, 'in.yaml');
  expect([manifests.map(({ name }) => name), problems.map(({ id, status }) => [id, status])]).toEqual([
    ['a', 'z'],
    [['manifest-syntax', 'fail']],
  ]);
  const [{ where, message, fix = '' } = { where: {}, message: '' }] = problems;
  return { place: `${where.line}:${where.column}`, message, fix };
}

describe('a broken document leaves the documents around it, and is told with its place', () => {
  test.each<[string, string, string, RegExp]>([
    ['a tab as indentation', 'a:\n\tb: 1', '6:1', /Tabs are not allowed as indentation; indent with spaces/],
    ['another indentation', 'a:\n    b: 1\n  c: 1', '7:1', /same|indent/i],
    ['a colon in a text', 'a: b: c', '5:4', /put a value that holds ": " into quotes/],
    ['a reserved character', 'a: @b', '5:4', /reserved character @; put the value into quotes/],
    ['a key twice', 'a: 1\nb:\n  c: 1\n  c: 2', '8:3', /Map keys must be unique; "c" is here for the second time/],
    ['a key twice, as a number and as a text', '1: a\n"1": b', '6:1', /"1" is here for the second time/],
    ['an alias without an anchor', 'a: 1\nb: *x', '5:1', /an alias names no anchor that stands before it; .* \(line 6, column 4\)/],
    ['an anchor in itself', 'a: &x\n  b: [*x]', '5:1', /an anchor contains itself \(line 6, column 7\)/],
    ['an anchor that merges itself', 'a: &x\n  <<: *x', '5:1', /an anchor contains itself/],
    ['a mapping as a key', '? {a: 1}\n: b', '5:3', /a key is a mapping, a text is expected/],
    ['a sequence as a key', '[a]: b', '5:1', /a key is a sequence, a text is expected/],
    ['nothing as a key', '~: b', '5:1', /a key is empty, a text is expected/],
    ['a merge of a text', '<<: b', '5:5', /<< merges a single value, an alias of a mapping is expected/],
    ['no number', 'a: .nan', '5:4', /\.nan is a number that JSON has no form for/],
    ['a number without end', 'a: -.inf', '5:4', /-\.inf is a number/],
    ['a bell', 'a: "\u0007"', '5:5', /the control character U\+0007 stands in the text; in double quotes it is written as an escape/],
    ['a deletion', 'a: x\u007f', '5:5', /U\+007F/],
    ['a noncharacter', 'a: x\uffff', '5:5', /U\+FFFF/],
    ['a lone carriage return', '# all is well\rkind: Evil\n', '5:14', /U\+000D ends a line for kubectl but not for everybody/],
    ['a line separator', '# all is well\u2028kind: Evil', '5:14', /U\+2028 ends a line/],
    ['a next line', 'a: b\u0085c: d', '5:5', /U\+0085 ends a line/],
    ['a quote that does not end', 'a: 1\nb: "c\nd: e', '6:4', /Missing closing "quote/],
    ['a bracket that does not end', 'a: [b\nc: d', '6:1', /end with a \]/],
    ['a merge conflict', 'a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> main', '6:1', /./],
    ['values nested too deeply', `a: ${'['.repeat(220)}${']'.repeat(220)}`, '5:1', /nested deeper than 200 levels \(line 5, column 204\)/],
    ['a stack of brackets', '['.repeat(50_000), '5:251', /nested too deeply to be read/],
    ['a stack of sequences', `${'- '.repeat(50_000)}x`, '', /nested too deeply to be read/],
    ['a text', 'hello', '5:1', /a document is no object/],
    ['no name', 'apiVersion: v1\nkind: A\nmetadata: {}', '7:11', /metadata\.name is missing/],
    ['JSON with a key twice', '{"a": 1,\n "b": {"c": 1, "\\u0063": 2}}', '6:16', /the key "\\u0063" is here for the second time/],
    ['JSON nested too deeply', `{"a": ${'['.repeat(300)}${']'.repeat(300)}}`, '5:206', /nested deeper than 200 levels/],
  ])('%s', (_name, text, place, message) => {
    const said = between(text);
    expect(said.message).toMatch(message);
    expect([said.place, '']).toContain(place);
  });
});

describe('what another program has to fill in first is named with what to do', () => {
  const render = 'Render the template first: helm template … | kyma-guard validate -';
  const fill = 'Fill in the placeholders first: envsubst < FILE | kyma-guard validate -';

  test.each([
    ['a condition of Helm', '{{- if .Values.on }}\na: 1\n{{- end }}', 'line 5 holds {{- if .Values.on }}: a template', render],
    ['a value of Helm', 'a: 1\nb: {{ .Values.b }}', 'line 6 holds {{ .Values.b }}: a template', render],
    ['a value of Helm in a text', 'a: {{ .Values.b }}-x', 'line 5 holds {{ .Values.b }}: a template', render],
    ['a variable in braces', 'a: {b: ${NAME}}', 'line 5 holds ${NAME}: a placeholder has to be filled in first', fill],
    ['a variable with a default', 'a: [\n  b: ${NAME:-x}', 'line 6 holds ${NAME:-x}: a placeholder', fill],
  ])('%s', (_name, text, message, fix) => {
    expect(between(text)).toEqual({ place: expect.any(String), message: expect.stringContaining(message), fix });
  });

  test.each(['a: "{{ .Values.b }}"', 'a: ${NAME}'])('%s breaks nothing and is a value', (text) => {
    expect(readManifests(`${sound('a')}${text}\n`, 'in.yaml').problems).toEqual([]);
  });
});

describe('size and work are bounded', () => {
  const bomb = `a: &a [${'1,'.repeat(10)}]\n${repeat((i) => `${String.fromCharCode(98 + i)}: &${String.fromCharCode(98 + i)} [${`*${String.fromCharCode(97 + i)},`.repeat(10)}]\n`, 20)}`;

  const nothing = /^$/;
  test.each<[string, string, RegExp]>([
    ['aliases of aliases', bomb, /aliases repeat more than 10000 values, which looks like resource exhaustion/],
    ['many aliases', `${sound('a')}x: &x 1\n${repeat((i) => `k${i}: *x\n`)}`, /resource exhaustion/],
    ['many keys', `${sound('a')}${repeat((i) => `k${i}: v\n`)}`, nothing],
    ['many keys of braces', `${sound('a')}x: {${repeat((i) => `k${i}: v, `)}}\n`, nothing],
    ['the same key again and again', repeat(() => 'a: 1\n'), /Map keys must be unique/],
    ['many anchors', `${sound('a')}${repeat((i) => `k${i}: &a${i} v\n`)}`, nothing],
    ['the same anchor again and again', `${sound('a')}${repeat((i) => `k${i}: &a v\n`)}`, nothing],
    ['many tags', `${sound('a')}x:\n${repeat(() => '  - !foo x\n')}`, nothing],
    ['many tabs', `a:\n${repeat(() => '\tb: 1\n')}`, /Tabs/],
    ['quotes that do not end', repeat((i) => `a${i}: "x\n`), /Missing closing/],
    ['brackets on every line', repeat(() => 'a: [\n'), /./],
    ['escapes', `a: "${'\\"'.repeat(50_000)}\n`, /Missing closing/],
    ['comments', `${repeat(() => '# x\n')}${sound('a')}`, nothing],
    ['comments before every document', repeat(() => '# x\n---\n# y\n'), nothing],
    ['empty documents', repeat(() => '---\n'), nothing],
    ['document ends', repeat(() => '...\n'), nothing],
    ['byte order marks', repeat(() => '\uFEFF\n', 5_000), /byte order mark/],
    ['lines that look like documents', `${sound('a')}x: |\n${repeat(() => ' ---\n ...\n')}`, nothing],
    ['dashes without a space behind', `${sound('a')}${repeat(() => '---x: 1\n', 1)}${repeat((i) => `---${i}: 1\n`)}`, nothing],
    ['templates', repeat(() => '{{- if x }}\na: {{ .V }}\n{{- end }}\n', 3_000), /a template is no manifest/],
    ['JSON values one after the other', repeat(() => '{}\n'), /apiVersion or kind is missing/],
    ['JSON that is one line', JSON.stringify({ kind: 'List', items: Array.from({ length: 50_000 }, () => ({})) }), /apiVersion or kind/],
    ['open brackets of JSON', '[{"a":'.repeat(50_000), /nested too deeply/],
    ['keys of JSON', `{"x": {${repeat((i) => `"k${i}": 1,`)}"k0": 1}}`, /the key "k0" is here for the second time/],
  ])('%s', (_name, text, message) => {
    const before = process.cpuUsage();
    const { problems } = readManifests(text, 'in.yaml');
    const { user, system } = process.cpuUsage(before);
    expect([problems[0]?.message ?? '', (user + system) / 1e6 < 8]).toEqual([expect.stringMatching(message), true]);
  });

  const big = `${sound('a')}---\n${sound('b')}x: "${'ä'.repeat(600)}"\n`;

  test('a document above the limit ends the run with its place, its size and what to do', () => {
    const read = () => [...readDocuments(big, 'in.yaml', { maxDocumentBytes: 1_000 })];
    expect(read).toThrow(DocumentTooLargeError);
    expect(read).toThrow('in.yaml:4: a YAML document has 1259 bytes, at most 1000 are read');
    expect(new DocumentTooLargeError('a', 1, 2, 1)).toMatchObject({
      code: 'ERR_DOCUMENT_TOO_LARGE',
      outcome: 'wrong-call',
      hint: expect.stringMatching(/kubectl get -o json.*validate, explain and migrate .*--max-document/),
    });
  });

  test('the documents before it are still handed out, and those at the limit are read', () => {
    expect(readDocuments(big, 'in.yaml', { maxDocumentBytes: 1_000 }).next().value).toMatchObject({ manifest: { name: 'a' } });
    expect([...readDocuments(big, 'in.yaml', { maxDocumentBytes: 1_259 })]).toHaveLength(2);
  });

  test('JSON has no limit, and JSON above the limit that is none is told with its place', () => {
    const item = JSON.stringify({ apiVersion: 'v1', kind: 'A', metadata: { name: 'x'.repeat(1_000) } });
    const read = (text: string) =>
      [...readDocuments(text, 'in.json', { maxDocumentBytes: 1_000 })].map((one) =>
        'problem' in one ? [one.problem.where.line, one.problem.where.column, one.problem.message] : one.manifest.kind,
      );
    expect(read(item)).toEqual(['A']);
    expect(read(`{"kind": "List", "items": [${item},\n${item.replace('"A"', 'A')},\n${item}]}`)).toEqual([
      'A',
      [2, 27, expect.stringMatching(/this is no JSON: a word that JSON does not know/)],
      'A',
    ]);
    expect(read(`${item.slice(0, -1)}\n`)).toEqual([[2, 1, expect.stringMatching(/a closing brace \} is expected/)]]);
  });
});

test('every mistake of JSON has words', () => {
  const read = (text: string) => readDocuments(`{"a": "${'x'.repeat(200)}",\n${text}`, 'in', { maxDocumentBytes: 100 }).next().value;
  expect(
    [
      '"b": x}',
      'b: 1}',
      '"b" 1}',
      '"b": 1 "c": 2}',
      '"b": [1',
      '"b": "\n"}',
      '"b": "\\x"}',
      '"b": "\\u1"}',
      '"b": 1} // c',
      '"b": 01}',
      '}',
    ].map((text) => {
      const { problem } = read(text) as { problem: { where: { line: number }; message: string } };
      return `${problem.where.line} ${problem.message}`;
    }),
  ).toMatchInlineSnapshot(`
   [
     "2 this is no JSON: a word that JSON does not know; texts stand in double quotes",
     "2 this is no JSON: a word that JSON does not know; texts stand in double quotes",
     "2 this is no JSON: a colon is expected",
     "2 this is no JSON: a comma is expected",
     "2 this is no JSON: a closing bracket ] is expected",
     "2 this is no JSON: a text has no closing quote on its line",
     "2 this is no JSON: an escape that JSON does not know",
     "2 this is no JSON: an escape \\u without four hex digits",
     "1 apiVersion or kind is missing or no text",
     "2 this is no JSON: a comma is expected",
     "2 this is no JSON: a key in double quotes is expected",
   ]
  `);
});

test('no text makes reading throw, whatever it is made of', () => {
  const part = fc.oneof(
    fc.constantFrom(
      ...'---|...|%YAML 1.2|%|- |? |: |{|}|[|]|,|"|\'|#| #|&a |*a |!t |!!map |>|||@|`|\\|\n|\r\n|\r|\t|  |\uFEFF|<<: *a|a: |kind: List\nitems: |{{ x }}|${X}|\0|\ud800'.split(
        '|',
      ),
    ),
    fc.constantFrom('"a": ', '{"apiVersion": "v1", "kind": "A", "metadata": {"name": "a"}}', 'null', '1e400', '\n---\n', '\n...\n', '\n'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), fc.constantFrom(20, 1_000), (parts, maxDocumentBytes) => {
      const text = parts.join('');
      try {
        for (const document of readDocuments(text, 'in', { maxDocumentBytes })) {
          const { where } = 'problem' in document ? document.problem : { where: whereOf(document.manifest, ['kind'], { excerpt: true }) };
          expect([where.line, where.column].every((at) => Number.isInteger(at) && Number(at) > 0 && Number(at) <= text.length + 1)).toBe(
            true,
          );
        }
      } catch (error) {
        if (!(error instanceof DocumentTooLargeError)) throw error;
      }
    }),
    { numRuns: runs(3_000) },
  );
});
