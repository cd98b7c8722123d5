import fc from 'fast-check';
import type { JsonObject } from '../../src/model/json';
import { printManifests } from '../../src/model/print-manifests';
import { objectRef, readManifests, whereOf } from '../../src/model/read-manifests';

const one = 'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: shop}\n';
const two = one.replace('name: a', 'name: b');
const names = (text: string): string[] => readManifests(text, 'in.yaml').manifests.map(({ name }) => name);
const problems = (text: string): [string, number | undefined][] =>
  readManifests(text, 'in.yaml').problems.map(({ message, where }) => [message, where.line]);

describe('streams', () => {
  test.each([
    ['one document', one, ['a']],
    ['several', `${one}---\n${two}`, ['a', 'b']],
    ['empty documents between', `---\n---\n${one}---\n# a comment\n---\n${two}---\n`, ['a', 'b']],
    ['Windows line ends', `${one}---\n${two}`.replaceAll('\n', '\r\n'), ['a', 'b']],
    ['a byte order mark', `\uFEFF${one}`, ['a']],
    ['document ends', `${one}...\n${two}`, ['a', 'b']],
    ['nothing', '', []],
    ['comments only', '# nothing\n', []],
    ['a file of kustomize', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n', []],
  ])('%s', (_name, text, expected) => {
    expect([names(text), problems(text)]).toEqual([expected, []]);
  });

  test('lists are flattened, lists in lists too', () => {
    const item = (name: string): JsonObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name } });
    const inner = { apiVersion: 'v1', kind: 'ServiceList', items: [item('b')] };
    expect(names(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [item('a'), inner] }, null, '\t'))).toEqual(['a', 'b']);
  });

  test('merge keys and anchors are resolved', () => {
    const text = `${one}x: &x {p: 1}\ny: {<<: *x, q: 2}\nz: *x\n`;
    expect(readManifests(text, 'in').manifests[0]?.body).toMatchObject({ y: { p: 1, q: 2 }, z: { p: 1 } });
  });

  test('values that share an anchor are copies', () => {
    const { body } = readManifests(`${one}x: &x {p: 1}\nz: *x\n`, 'in').manifests[0] ?? {};
    expect(body?.['x']).not.toBe(body?.['z']);
  });

  test('a key named __proto__ stays data', () => {
    const { body } = readManifests(`${one}__proto__: {polluted: true}\n`, 'in').manifests[0] ?? {};
    expect([Object.keys(body ?? {}).includes('__proto__'), Object.getPrototypeOf(body) === Object.prototype]).toEqual([true, true]);
  });
});

describe('what is malformed', () => {
  const deep = '['.repeat(20_000);
  const bomb = `${one}a: &a [1,1]\nb: &b [${'*a,'.repeat(20)}]\nc: &c [${'*b,'.repeat(20)}]\nd: [${'*c,'.repeat(20)}]\n`;

  test.each([
    ['a bracket', 'a: [1\n', 2, 'end with a ]'],
    ['a tab', 'a:\n\tb: 1\n', 2, 'Tabs are not allowed'],
    ['a key twice', `${one}a: 1\na: 2\n`, 5, 'Map keys must be unique'],
    ['an unknown alias', `${one}a: *x\n`, 1, 'an alias names no anchor'],
    ['an anchor in itself', `${one}a: &x {b: *x}\n`, 1, 'an anchor contains itself'],
    ['aliases of aliases', bomb, 1, 'resource exhaustion'],
    ['too many brackets', deep, 1, ''],
    ['a text', 'hello\n', 1, 'no object'],
    ['a list', '- 1\n', 1, 'no object'],
    ['no kind', 'apiVersion: v1\nmetadata: {name: a}\n', 1, 'apiVersion or kind is missing'],
    ['no metadata', 'apiVersion: v1\nkind: A\n', 1, 'metadata is missing'],
    ['no name', 'apiVersion: v1\nkind: A\nmetadata:\n  labels: {}\n', 4, 'metadata.name is missing'],
    ['a number for a name', 'apiVersion: v1\nkind: A\nmetadata: {name: 1}\n', 3, 'metadata.name is missing or no text'],
    ['a number for a namespace', 'apiVersion: v1\nkind: A\nmetadata: {name: a, namespace: 1}\n', 3, 'metadata.namespace is no text'],
  ])('%s is reported with its place', (_name, text, line, message) => {
    const [problem, ...more] = problems(text);
    expect([problem?.[0], problem?.[1], more]).toEqual([expect.stringContaining(message), line, []]);
  });

  test('a name that the API server completes is told by its beginning', () => {
    expect(names('apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: load-}\n')).toEqual(['load-*']);
    expect(problems('apiVersion: batch/v1\nkind: Job\nmetadata: {name: "", generateName: load-}\n')).toHaveLength(1);
  });

  test('one document does not hide the documents around it', () => {
    const text = `${one}---\na: [1\n---\n${two}`;
    expect([names(text), problems(text).length]).toEqual([['a', 'b'], 1]);
  });

  test('it is a failure with the id manifest-syntax', () => {
    expect(readManifests('a: [', 'in.yaml').problems[0]).toMatchObject({
      id: 'manifest-syntax',
      status: 'fail',
      where: { file: 'in.yaml', line: 1 },
    });
  });
});

describe('places', () => {
  const text = `${one}---\n${two}spec:\n  ports:\n    - port: 80\n    - port: 81\n`;
  const last = readManifests(text, 'in.yaml').manifests[1];

  test.each([
    [['spec', 'ports', 1, 'port'], 11, 'spec.ports[1].port'],
    [['spec', 'ports', 7, 'port'], 10, 'spec.ports[7].port'],
    [['metadata', 'name'], 7, 'metadata.name'],
    [['nothing'], 5, 'nothing'],
  ])('of %j is line %d', (path, line, expected) => {
    expect(last && whereOf(last, path)).toMatchObject({ file: 'in.yaml', line, object: 'Service shop/b', path: expected });
  });

  test('inside a list are those of the list', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: A\n    metadata:\n      name: x\n';
    expect(readManifests(list, 'in').manifests[0]?.locate(['metadata', 'name'])).toEqual({ line: 7, column: 13 });
  });

  test('of an object name its kind, namespace and name', () => {
    expect([
      objectRef({ kind: 'Service', namespace: 'shop', name: 'a' }),
      objectRef({ kind: 'Service', name: 'a' }),
      objectRef({ kind: 'Namespace', name: 'a' }),
    ]).toEqual(['Service shop/a', 'Service default/a', 'Namespace a']);
  });
});

describe('printing', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };

  test('writes a stream that starts without a separator and ends with a line end', () => {
    expect(printManifests([object, object])).toBe(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
    );
  });

  test('writes equal parts out instead of as aliases', () => {
    const shared = { x: '1' };
    expect(printManifests([{ a: shared, b: shared }])).not.toContain('*');
  });

  test.each([
    'yes',
    'on',
    'y',
    'No',
    '012',
    '1e3',
    '0x1',
    '1_000',
    '12:30',
    '2020-01-01',
    'null',
    '~',
    'true',
    '-',
    '',
    '*',
    '&a',
    '!b',
    '%',
    '@',
    '`',
    '#',
  ])('quotes %j so that every reader takes it for text', (text) => {
    expect(printManifests([{ a: text }])).toMatch(/^a: ["'].*["']\n$/);
  });

  test('never folds long lines', () => {
    expect(printManifests([{ a: 'word '.repeat(100).trim() }]).split('\n')).toHaveLength(2);
  });

  test('what is printed reads back the same', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.string({ unit: 'binary' }));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(value, (spec) => {
        const printed = { ...object, spec: JSON.parse(JSON.stringify(spec)) as JsonObject };
        expect(readManifests(printManifests([printed, printed]), 'in').manifests.map(({ body }) => body)).toEqual([printed, printed]);
      }),
      { numRuns: 300 },
    );
  });
});
