import type { Manifest } from '../../../src/model/manifest';
import type { JsonObject, JsonValue } from '../../../src/model/json';
import { readManifests } from '../../../src/model/read-manifests';
import { withSchemas, type CrdSchemas } from '../../../src/validate/schema/crd-schemas';
import { cpuTime, endless } from '../../support/cpu-time';
import { fullCrd, widget } from '../../support/full-crd';
import { schemaFindings, schemaResults } from '../../support/schema-findings';

type RuleText = string | JsonObject;

function schemasOf(schema: JsonObject, rules: readonly RuleText[]): CrdSchemas {
  const validations = rules.map((rule) => (typeof rule === 'string' ? { rule } : rule));
  const a = { ...schema, 'x-kubernetes-validations': validations };
  return withSchemas([{ body: fullCrd({ type: 'object', properties: { a } }), file: 'crd' }]);
}

const judged = (schema: JsonObject, value: JsonValue, ...rules: RuleText[]): Promise<string[]> =>
  schemaFindings(widget({ a: value }), { schemas: schemasOf(schema, rules) });

const earlier = (value: JsonValue): Manifest[] => readManifests(JSON.stringify(widget({ a: value })), 'old').manifests;

const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: JsonObject): JsonObject => ({ type: 'object', properties });
const list = (items: JsonObject, more: JsonObject = {}): JsonObject => ({ type: 'array', items, ...more });

test.each<[string, JsonObject, JsonValue]>([
  ['self % 2 == 0', integer, 4],
  ['self + 1 > 4', integer, 4],
  ['self / 2.0 == 1.5', { type: 'number' }, 3],
  ["self.matches('b+')", text, 'abc'],
  ["self.size() == 1 && self == '😀'", text, '😀'],
  ['type(self) == int', { 'x-kubernetes-int-or-string': true }, 5],
  ['type(self) == string', { 'x-kubernetes-int-or-string': true }, '5%'],
  ['self.all(k, self[k] > 0)', { type: 'object', additionalProperties: integer }, { a: 1, constructor: 2 }],
  ['self.exists(e, e.n == 2)', list(object({ n: integer })), [{ n: 1 }, { n: 2 }]],
  ['!has(self.b) || self.b > 0', object({ b: integer }), {}],
  ['has(self.b) && self.b == 3', object({ b: { ...integer, default: 3 } }), {}],
  ['self.__namespace__ == "a" && self.x__dash__y == 1', object({ namespace: text, 'x-y': integer }), { namespace: 'a', 'x-y': 1 }],
  ["self > timestamp('2026-01-01T00:00:00Z')", { ...text, format: 'date-time' }, '2027-01-31T12:00:00Z'],
  ["self >= duration('50ms')", { ...text, format: 'duration' }, '1s'],
  ['size(self) == 2', { ...text, format: 'byte' }, 'aGk='],
  ['oldSelf == self', text, 'x'],
])('%s holds', async (rule, schema, value) => {
  expect((await judged(schema, value, rule)).filter((finding) => !finding.startsWith('skip'))).toEqual([]);
});

test.each<[string, JsonObject, JsonValue]>([
  ['self % 2 == 0', integer, 5],
  ["self.matches('^b+$')", text, 'abc'],
  ['self.all(k, self[k] > 0)', { type: 'object', additionalProperties: integer }, { a: 0 }],
  ["self >= duration('50ms')", { ...text, format: 'duration' }, '1ms'],
  ['!has(self.b)', object({ b: { ...integer, default: 3 } }), {}],
])('%s does not', async (rule, schema, value) => {
  expect(await judged(schema, value, rule)).toEqual(['schema-cel spec.a']);
});

test('rules deep in lists and maps are told at their place', async () => {
  const inner = { ...integer, 'x-kubernetes-validations': [{ rule: 'self > 0', message: 'positive' }] };
  const schema = list({ type: 'object', additionalProperties: inner });
  expect(await judged(schema, [{ x: 1 }, { x: 0, y: -1 }])).toEqual(['schema-cel spec.a[1].x', 'schema-cel spec.a[1].y']);
});

test('a message is made of its expression, if that gives one line of text', async () => {
  const rules = [
    { rule: 'self > 0', message: 'fixed', messageExpression: '"got " + string(self)' },
    { rule: 'self > 1', message: 'fixed', messageExpression: 'self' },
    { rule: 'self > 2', messageExpression: 'nothing(self)' },
  ];
  const results = await schemaResults(widget({ a: -1 }), { schemas: schemasOf(integer, rules) });
  expect(results.map(({ message }) => message)).toEqual(['is refused: got -1', 'is refused: fixed', 'is refused: failed rule: self > 2']);
  expect(results[0]?.reason).toBe('The API server says: spec.a: Invalid value: "integer": got -1');
});

test('a rule puts the blame where its fieldPath says', async () => {
  const rule = { rule: 'self.b < self.c', fieldPath: '.b' };
  expect(await judged(object({ b: integer, c: integer }), { b: 2, c: 1 }, rule)).toEqual(['schema-cel spec.a.b']);
});

test.each([
  ['a function of Kubernetes that the engine lacks', 'quantity(self).isGreaterThan(quantity("1"))'],
  ['no CEL', 'self ==='],
  ['an unknown name', 'other == self'],
  ['no truth value', 'self.size()'],
  ['a failing evaluation', "self.matches('(')"],
])('%s is undecided and named', async (_, rule) => {
  const [result, ...more] = await schemaResults(widget({ a: 'x' }), { schemas: schemasOf(text, [rule]) });
  expect(more).toEqual([]);
  expect(result).toMatchObject({ id: 'schema-cel', status: 'error', where: { path: 'spec.a' } });
  expect(result?.message).toContain(JSON.stringify(rule));
});

test('a value of the wrong type is told once, not by its rules, too', async () => {
  expect(await judged(integer, 'x', 'self > 0')).toEqual(['schema-type spec.a']);
  expect(await judged(object({ b: integer }), { b: 'x' }, 'self.b > 0')).toEqual(['schema-type spec.a.b']);
});

test('rules about changes are skipped in sight when the earlier object is not known', async () => {
  const rules = ['self == oldSelf', 'self.size() >= oldSelf.size()', "self != 'oldSelf'"];
  const results = await schemaResults(widget({ a: 'x' }), { schemas: schemasOf(text, rules) });
  expect(results).toMatchObject([{ id: 'schema-cel', status: 'skip', severity: 'info', fix: expect.stringContaining('--against') }]);
});

test('rules about changes are evaluated against the earlier object', async () => {
  const schemas = schemasOf(text, ['self == oldSelf']);
  expect(await schemaFindings(widget({ a: 'x' }), { schemas, against: earlier('x') })).toEqual([]);
  expect(await schemaFindings(widget({ a: 'y' }), { schemas, against: earlier('x') })).toEqual(['schema-cel spec.a']);
  expect(await schemaFindings(widget({ a: 'y' }), { schemas, against: earlier(null) })).toEqual([]);
});

test('entries of a list are followed by their keys', async () => {
  const items = { ...object({ name: text, size: integer }), 'x-kubernetes-validations': [{ rule: 'self.size >= oldSelf.size' }] };
  const schemas = schemasOf(list(items, { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] }), []);
  const against = earlier([
    { name: 'a', size: 2 },
    { name: 'b', size: 2 },
  ]);
  const later = [
    { name: 'c', size: 0 },
    { name: 'b', size: 1 },
    { name: 'a', size: 2 },
  ];
  expect(await schemaFindings(widget({ a: later }), { schemas, against })).toEqual(['schema-cel spec.a[1]']);
});

test('a rule with optionalOldSelf is evaluated on creation, too', async () => {
  const rule = { rule: "oldSelf.hasValue() ? self == oldSelf.value() : self == 'first'", optionalOldSelf: true };
  const schemas = schemasOf(text, [rule]);
  expect(await schemaFindings(widget({ a: 'first' }), { schemas })).toEqual([]);
  expect(await schemaFindings(widget({ a: 'other' }), { schemas })).toEqual(['schema-cel spec.a']);
  expect(await schemaFindings(widget({ a: 'other' }), { schemas, against: earlier('other') })).toEqual([]);
});

test('matches() does not backtrack', async () => {
  const spent = cpuTime();
  expect(await judged(text, `${'a'.repeat(20_000)}!`, "self.matches('^(([a-z])+)+$')")).toEqual(['schema-cel spec.a']);
  expect(spent()).toBeLessThan(endless);
});

test('what a rule is evaluated over is never written back', async () => {
  const body = widget({ a: { x: null, z: 1 } });
  const before = JSON.stringify(body);
  const schemas = schemasOf(object({ x: text, b: { ...integer, default: 3 } }), ['self.b == 3']);
  const [manifest] = readManifests(before, 'x').manifests;
  await schemaFindings(body, { schemas });
  expect(JSON.stringify(manifest?.body)).toBe(before);
});
