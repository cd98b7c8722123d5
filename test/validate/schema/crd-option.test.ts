import { UsageError } from '../../../src/model/errors';
import type { JsonObject, JsonValue } from '../../../src/model/json';
import { bundledSchemas, withSchemas, type CrdSchemas } from '../../../src/validate/schema/crd-schemas';
import { cpuTime, endless } from '../../support/cpu-time';
import { fullCrd, widget } from '../../support/full-crd';
import { object, schemaFindings, schemaMessages, schemaResults, soundApiRule, withValue } from '../../support/schema-findings';
import { validateText } from '../../support/validate';

const schemasOf = (...bodies: JsonObject[]): CrdSchemas => withSchemas(bodies.map((body) => ({ body, file: 'crds.json' })));
const of = (properties: JsonObject, more: JsonObject = {}): CrdSchemas => schemasOf(fullCrd({ type: 'object', properties, ...more }));

/** What the schema layer says of a widget whose one field `a` has a schema. */
const judged = (schema: JsonValue, value: JsonValue): Promise<string[]> =>
  schemaFindings(widget({ a: value }), { schemas: of({ a: schema }) });

const text = { type: 'string' };
const map = {
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['name', 'protocol'],
  items: { type: 'object', required: ['name'], properties: { name: text, protocol: { ...text, default: 'TCP' } } },
};
const embedded = { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true };

test.each<[string, JsonValue, JsonValue]>([
  ['a whole number for int-or-string', { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, text] }, 1],
  ['a text for int-or-string', { 'x-kubernetes-int-or-string': true }, '50%'],
  ['null where it is allowed', { ...text, nullable: true }, null],
  ['null beside an enum', { ...text, nullable: true, enum: ['a'] }, null],
  ['anything under preserved fields', { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, { any: [{ thing: null }] }],
  ['anything at all', { 'x-kubernetes-preserve-unknown-fields': true }, [1, { a: 'b' }]],
  ['free keys', { type: 'object', additionalProperties: { type: 'integer' } }, { any: 1, __proto__: 2, constructor: 3 }],
  ['free values', { type: 'object', additionalProperties: true }, { any: { thing: 1 } }],
  ['a set', { type: 'array', 'x-kubernetes-list-type': 'set', items: text }, ['a', 'b']],
  ['a map by two keys', map, [{ name: 'a' }, { name: 'a', protocol: 'UDP' }]],
  ['a repeated entry of a plain list', { type: 'array', items: text }, ['a', 'a']],
  ['a whole object', embedded, { apiVersion: 'v1', kind: 'Pod', metadata: { labels: { a: 'b' } }, spec: {} }],
  ['a pattern found anywhere', { ...text, pattern: 'b+' }, 'abc'],
  ['a point in time', { ...text, format: 'date-time' }, '2027-01-31T12:00:00.5Z'],
  ['a negative duration', { ...text, format: 'duration' }, '-1h30m'],
  ['a path as URI', { ...text, format: 'uri' }, '/a'],
  ['an unknown format', { ...text, format: 'petname' }, 'any'],
  ['an exclusive limit', { type: 'number', minimum: 0, exclusiveMinimum: true }, 0.1],
  ['one alternative', { type: 'object', properties: { x: text, y: text }, oneOf: [{ required: ['x'] }, { required: ['y'] }] }, { x: '' }],
  ['a field called not', { type: 'object', properties: { not: text } }, { not: 'x' }],
])('%s is admitted', async (_, schema, value) => {
  expect(await judged(schema, value)).toEqual([]);
});

test.each<[string, JsonValue, JsonValue, string]>([
  ['a fraction for int-or-string', { 'x-kubernetes-int-or-string': true }, 1.5, 'schema-type spec.a'],
  [
    'a value of another type under free keys',
    { type: 'object', additionalProperties: { type: 'integer' } },
    { k: 'x' },
    'schema-type spec.a.k',
  ],
  ['null under free keys', { type: 'object', additionalProperties: text }, { k: null }, 'schema-null spec.a.k'],
  ['a field beside known ones', { type: 'object', properties: { x: text } }, { z: 1 }, 'schema-unknown-field spec.a.z'],
  ['a field where none is known', { type: 'object' }, { x: 1 }, 'schema-unknown-field spec.a.x'],
  [
    'a set with a repeated entry',
    { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
    ['a', 'b', 'a'],
    'schema-value spec.a[2]',
  ],
  ['a map with repeated keys, by default', map, [{ name: 'a' }, { name: 'a', protocol: 'TCP' }], 'schema-value spec.a[1]'],
  ['a whole object without kind', embedded, { apiVersion: 'v1' }, 'schema-required spec.a.kind'],
  [
    'a whole object with a wrong label',
    embedded,
    { apiVersion: 'v1', kind: 'A', metadata: { labels: { a: 1 } } },
    'schema-type spec.a.metadata.labels.a',
  ],
  ['a pattern that is not found', { ...text, pattern: '^b+$' }, 'abc', 'schema-value spec.a'],
  ['a day for a point in time', { ...text, format: 'date-time' }, '2027-01-31', 'schema-value spec.a'],
  ['int32', { type: 'integer', format: 'int32' }, 3e9, 'schema-value spec.a'],
  ['an exclusive limit', { type: 'number', minimum: 0, exclusiveMinimum: true }, 0, 'schema-value spec.a'],
  ['many members', { type: 'object', maxProperties: 1, additionalProperties: text }, { a: '', b: '' }, 'schema-value spec.a'],
  [
    'no alternative',
    { type: 'object', properties: { x: text, y: text }, anyOf: [{ required: ['x'] }, { required: ['y'] }] },
    {},
    'schema-value spec.a',
  ],
  [
    'two alternatives',
    { type: 'object', properties: { x: text, y: text }, oneOf: [{ required: ['x'] }, { required: ['y'] }] },
    { x: '', y: '' },
    'schema-value spec.a',
  ],
  ['what is excluded', { ...text, not: { enum: ['x'] } }, 'x', 'schema-value spec.a'],
  ['a type and an alternative', { ...text, anyOf: [{ pattern: 'a' }, { pattern: 'b' }] }, 1, 'schema-type spec.a'],
  ['two keywords at once', { ...text, pattern: '^a', maxLength: 1 }, 'bb', 'schema-value spec.a'],
  ['a field called not', { type: 'object', properties: { not: text } }, { not: 1 }, 'schema-type spec.a.not'],
])('%s is one finding', async (_, schema, value, expected) => {
  expect(await judged(schema, value)).toEqual([expected]);
});

test('alternatives are told by the fields they want', async () => {
  const schema = { type: 'object', properties: { x: text, y: text }, anyOf: [{ required: ['x'] }, { required: ['y'] }] };
  expect(await schemaMessages(widget({ a: {} }), { schemas: of({ a: schema }) })).toEqual([
    'an object fits none of its alternatives; give one of x, y',
  ]);
});

test('no pattern of a definition backtracks', async () => {
  const spent = cpuTime();
  expect(await judged({ ...text, pattern: '^(([a-z])+)+$' }, `${'a'.repeat(20_000)}!`)).toEqual(['schema-value spec.a']);
  expect(spent()).toBeLessThan(endless);
});

test('a kind that only --crd brings in is checked, others are still counted as skipped', async () => {
  const input = JSON.stringify(widget({ b: 1 }));
  const counted = await validateText(`${input}\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n`);
  expect(counted).toMatchObject([{ id: 'kind-not-checked', status: 'skip' }]);
  expect(await validateText(input, { schemas: of({ a: text }) })).toMatchObject([{ id: 'schema-unknown-field', status: 'fail' }]);
});

test('a version that is not served is refused, and nothing else is told of the object', async () => {
  const results = await schemaResults(widget({ b: 1 }, 'v1beta1'), { schemas: of({ a: text }) });
  expect(results.map(({ id, message }) => [id, message])).toEqual([
    ['schema-version-unknown', 'is example.com/v1beta1, which the definition lists but does not serve; served: v1'],
  ]);
});

test('a definition of a known kind takes the place of the bundled one', async () => {
  const schemas = schemasOf(
    fullCrd(
      { type: 'object', properties: { hosts: { type: 'array', items: text } } },
      { kind: 'APIRule', group: 'gateway.kyma-project.io' },
    ),
  );
  expect(await schemaFindings(soundApiRule(), { schemas })).toEqual(['schema-version-unknown apiVersion']);
  const other = object('gateway.kyma-project.io/v1', 'APIRule', { hosts: ['a', 'b'] });
  expect(await schemaFindings(other, { schemas })).toEqual([]);
});

test('lists of definitions are taken apart, and equal ones count once', () => {
  const crd = fullCrd({ type: 'object' });
  const typed = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinitionList', items: [withValue(crd, 'kind', undefined)] };
  const schemas = schemasOf({ apiVersion: 'v1', kind: 'List', items: [crd, crd] }, typed);
  expect([...schemas.kinds]).toEqual([...bundledSchemas().kinds, 'Widget.example.com']);
});

const version = (schema: JsonValue, more: JsonObject = {}): JsonObject => ({
  versions: [{ name: 'v1', served: true, schema: { openAPIV3Schema: schema }, ...more }],
});

test.each<[string, JsonObject, string]>([
  ['another kind', widget({}), 'crds.json holds Widget, which is no CustomResourceDefinition'],
  [
    'an old form',
    { ...fullCrd({ type: 'object' }), apiVersion: 'apiextensions.k8s.io/v1beta1' },
    'apiVersion: is apiextensions.k8s.io/v1beta1; give apiextensions.k8s.io/v1',
  ],
  ['no versions', fullCrd({ type: 'object' }, { spec: { versions: [] } }), 'spec.versions: is empty or no list'],
  ['no group', fullCrd({ type: 'object' }, { spec: { group: '' } }), 'spec.group: is missing'],
  [
    'no schema',
    fullCrd(null, { spec: { versions: [{ name: 'v1', served: true }] } }),
    'spec.versions[0].schema.openAPIV3Schema: is missing',
  ],
  ['no served', fullCrd(null, { spec: version({ type: 'object' }, { served: 'yes' }) }), 'spec.versions[0].served: is missing'],
  ['an unknown type', fullCrd({ type: 'text' }), 'properties.spec: has the type "text"; give one of object'],
  ['no type', fullCrd({ properties: {} }), 'properties.spec: has no type'],
  [
    'a pattern that RE2 refuses',
    fullCrd({ type: 'string', pattern: '(?=a)' }),
    'properties.spec.pattern: "(?=a)" is no expression that RE2 takes',
  ],
  ['such a pattern in an alternative', fullCrd({ type: 'string', anyOf: [{ pattern: '(' }] }), 'anyOf[0].pattern'],
  ['a limit as text', fullCrd({ type: 'integer', minimum: '1' }), 'properties.spec.minimum: is no number'],
  ['required as text', fullCrd({ type: 'object', required: 'a' }), 'properties.spec.required: is no list of texts'],
  [
    'a rule without text',
    fullCrd({ type: 'object', 'x-kubernetes-validations': [{ message: 'x' }] }),
    'x-kubernetes-validations[0].rule: is missing',
  ],
  ['a map without keys', fullCrd({ type: 'array', 'x-kubernetes-list-type': 'map' }), 'without x-kubernetes-list-map-keys'],
])('%s as definition is a wrong call', (_, body, message) => {
  expect(() => schemasOf(body)).toThrow(UsageError);
  expect(() => schemasOf(body)).toThrow(message);
  expect(() => schemasOf(body)).toThrow('crds.json');
});

test('two definitions of one kind that differ are a wrong call', () => {
  const other = { body: fullCrd({ type: 'array' }), file: 'other.yaml' };
  expect(() => withSchemas([{ body: fullCrd({ type: 'object' }), file: 'crds.json' }, other])).toThrow(
    'other.yaml defines Widget.example.com unlike crds.json',
  );
});
