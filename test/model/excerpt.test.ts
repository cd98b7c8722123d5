import fc from 'fast-check';
import { stringify } from 'yaml';
import type { JsonPath } from '../../src/model/json';
import { readManifests, whereOf } from '../../src/model/read-manifests';
import { mayHoldSecret } from '../../src/model/secret-path';

const excerpt = (text: string, path: JsonPath, index = 0) => {
  const manifest = readManifests(text, 'in').manifests[index];
  return manifest && whereOf(manifest, path, { excerpt: true }).excerpt;
};
const head = (kind: string) => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: a # the name\n`;

describe('the source line of a value', () => {
  const pretty = JSON.stringify(
    { items: [{ apiVersion: 'v1', kind: 'A', metadata: { name: 'a' }, spec: { x: 1 } }], kind: 'List' },
    null,
    2,
  );

  test.each<[string, string, JsonPath, string | undefined]>([
    ['of YAML', head('A'), ['metadata', 'name'], '  name: a # the name'],
    ['of a later document', `${head('B')}---\n${head('A')}`.replaceAll('\n', '\r\n'), ['kind'], 'kind: A'],
    ['of what is not there is that of the parent', head('A'), ['metadata', 'labels', 'app'], '  name: a # the name'],
    ['of JSON', pretty, ['spec', 'x'], '        "x": 1'],
    ['of JSON, first line of an item', pretty, [], '    {'],
    [
      'of JSON on one line',
      '{"apiVersion": "v1", "kind": "A", "metadata": {"name": "a"}}',
      ['kind'],
      '{"apiVersion": "v1", "kind": "A", "metadata": {"name": "a"}}',
    ],
    ['of JSON that shares its line', JSON.stringify(JSON.parse(pretty)), ['kind'], undefined],
    ['of a list of YAML', `kind: List\nitems:\n  - apiVersion: v1\n    kind: A\n    metadata: {name: a}\n`, ['kind'], '    kind: A'],
  ])('%s', (_name, text, path, line) => {
    const index = text.includes('kind: B') ? 1 : 0;
    expect(excerpt(text, path, index)).toBe(line);
  });

  test('is left out unless it is asked for', () => {
    const [manifest] = readManifests(head('A'), 'in').manifests;
    expect(manifest && whereOf(manifest, ['kind'])).toEqual({ file: 'in', line: 2, column: 7, object: 'A default/a', path: 'kind' });
  });

  test.each([
    ['behind 160 characters when the column is among them', 'a', 1],
    ['around the column when it is further behind', 'b', 123],
  ])('is cut %s', (_name, key, start) => {
    const line = `x: {a: ${'1'.repeat(190)}, b: ${'2'.repeat(190)}}`;
    const cut = excerpt(`${head('A')}${line}\n`, ['x', key]) ?? '';
    expect([cut.length, line.slice(start - 1).startsWith(cut)]).toEqual([160, true]);
  });

  test('of another document is not told', () => {
    const [first, second] = readManifests(`${head('A')}---\n${head('B')}`, 'in').manifests;
    expect([1, 4, 5, 6, 9].map((line) => [first?.sourceLine?.(line), second?.sourceLine?.(line)])).toEqual([
      ['apiVersion: v1', undefined],
      ['  name: a # the name', undefined],
      [undefined, '---'],
      [undefined, 'apiVersion: v1'],
      [undefined, '  name: a # the name'],
    ]);
  });
});

describe('what may hold a secret is never shown', () => {
  test.each<[string, JsonPath, boolean]>([
    ['Secret', ['data', 'a'], true],
    ['ConfigMap', ['data', 'a'], false],
    ['A', ['stringData'], true],
    ['A', ['spec', 'env', 0, 'value'], true],
    ['A', ['spec', 'env', 0, 'name'], false],
    ['A', ['spec', 'clientSecret'], true],
    ['A', ['spec', 'dbPassword', 'x'], true],
    ['A', ['spec', 'apiKeys', 0], true],
    ['A', ['spec', 'source', 'inline', 'source'], true],
    ['A', ['spec', 'source', 'gitRepository', 'url'], false],
    ['A', ['spec', 'rules', 0, 'request', 'headers', 'Authorization'], true],
    ['A', ['spec', 'rules', 0, 'jwt', 'authorizations', 0, 'requiredScopes'], false],
    ['A', ['spec', 'rules', 0, 'jwt', 'authentications', 0, 'jwksUri'], false],
    ['A', ['metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration'], true],
  ])('%s %j: %s', (kind, path, is) => {
    expect(mayHoldSecret(kind, path)).toBe(is);
  });

  const object = (kind: string, spec: object) => ({ apiVersion: 'v1', kind, metadata: { name: 'a' }, ...spec });
  const hidden = 'hunter2';
  const secretive = fc.constantFrom(
    object('Secret', { data: { user: hidden } }),
    object('Secret', { stringData: { user: hidden, list: [hidden] } }),
    object('A', { spec: { env: [{ name: 'USER', value: hidden }] } }),
    object('A', { spec: { source: { inline: { source: `one\n${hidden}\nthree` } } } }),
    object('A', { spec: { tokens: { deep: [{ deeper: hidden }] }, port: 80 } }),
    object('A', { spec: { headers: { Authorization: `Basic ${hidden}` } } }),
    object('List', { items: [object('Secret', { data: { user: hidden } }), object('B', {})] }),
  );
  const text = fc.oneof(
    fc
      .tuple(secretive, fc.boolean(), fc.boolean())
      .map(([value, flow, quoted]) =>
        stringify(value, { collectionStyle: flow ? 'flow' : 'any', ...(quoted && { defaultStringType: 'QUOTE_DOUBLE' as const }) }),
      ),
    fc.tuple(secretive, fc.constantFrom(0, 2)).map(([value, indent]) => JSON.stringify(value, null, indent)),
    fc.constantFrom(
      `${head('A')}x: &x ${hidden}\nstringData: {a: *x}\n`,
      `${head('A')}x: &x\n  y: &y [${hidden}]\n  z: &z {a: *y}\nspec:\n  token: *z\n`,
      `${head('A')}x: &x {user: ${hidden}}\nstringData: {<<: *x}\n`,
    ),
  );

  test('on whichever line, in whichever form', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { manifests } = readManifests(source, 'in');
        expect(manifests.length).toBeGreaterThan(0);
        const shown = manifests.flatMap((manifest) => source.split('\n').map((_, index) => manifest.sourceLine?.(index + 1) ?? ''));
        expect(shown.join('\n')).not.toContain(hidden);
      }),
      { numRuns: 300 },
    );
  });

  test('what stands on other lines is', () => {
    expect(excerpt(`${head('Secret')}stringData:\n  a: ${hidden}\ntype: Opaque\n`, ['type'])).toBe('type: Opaque');
  });
});
