import { formatJsonPath, isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../../model/json';
import { objectAt, objectsAt } from '../../model/json-fields';
import { searchMatch } from '../../model/linear-regex';
import { schemaTypes, type CelRule, type ListType, type SchemaType, type StructuralSchema } from './structural-schema';

/** Why a definition is not usable. The message names the place inside its schema. */
export class SchemaFault extends TypeError {
  constructor(path: JsonPath, message: string) {
    super(`${formatJsonPath(path)}: ${message}`);
  }
}

/**
 * Reads a node of `openAPIV3Schema` with everything below it.
 *
 * @throws {SchemaFault} when the API server would refuse the definition, too, or a pattern is none that RE2 takes
 */
export function readSchema(raw: JsonValue | undefined, path: JsonPath): StructuralSchema {
  if (!isJsonObject(raw)) throw new SchemaFault(path, 'is no object; give a schema');
  checkKeywords(raw, path);
  const type = typeOf(raw, path);
  const properties = new Map(membersOf(raw, path));
  const items = raw['items'] === undefined ? undefined : readSchema(raw['items'], [...path, 'items']);
  const additional = additionalOf(raw, path);
  const rules = objectsAt(raw, 'x-kubernetes-validations').map(([rule, index]) =>
    celRule(rule, [...path, 'x-kubernetes-validations', index]),
  );
  const below = [
    ...properties.values(),
    ...(items ? [items] : []),
    ...(additional !== undefined && additional !== true ? [additional] : []),
  ];
  return {
    ...(type !== undefined && { type }),
    ...(items && { items }),
    ...(additional !== undefined && { additional }),
    ...(typeof raw['format'] === 'string' && { format: raw['format'] }),
    ...(raw['default'] !== undefined && { default: raw['default'] }),
    ...{ properties, rules, raw },
    required: textList(raw, 'required', path),
    nullable: raw['nullable'] === true,
    intOrString: raw['x-kubernetes-int-or-string'] === true,
    preserveUnknown: raw['x-kubernetes-preserve-unknown-fields'] === true,
    embedded: raw['x-kubernetes-embedded-resource'] === true,
    listType: listTypeOf(raw, path),
    hasRules: rules.length > 0 || below.some(({ hasRules }) => hasRules),
  };
}

function membersOf(raw: JsonObject, path: JsonPath): [string, StructuralSchema][] {
  const at = [...path, 'properties'];
  if (raw['properties'] !== undefined && !isJsonObject(raw['properties'])) throw new SchemaFault(at, 'is no object');
  return Object.entries(objectAt(raw, 'properties')).map(([name, member]) => [name, readSchema(member, [...at, name])]);
}

function typeOf(raw: JsonObject, path: JsonPath): SchemaType | undefined {
  const { type } = raw;
  const free = raw['x-kubernetes-int-or-string'] === true || raw['x-kubernetes-preserve-unknown-fields'] === true;
  if (type === undefined && free) return undefined;
  const known = schemaTypes.find((name) => name === type);
  if (known === undefined)
    throw new SchemaFault(
      path,
      `has ${type === undefined ? 'no type' : `the type ${JSON.stringify(type)}`}; give one of ${schemaTypes.join(', ')}`,
    );
  return known;
}

function additionalOf(raw: JsonObject, path: JsonPath): StructuralSchema | true | undefined {
  const additional = raw['additionalProperties'];
  if (additional === undefined || additional === false) return undefined;
  return additional === true || (isJsonObject(additional) && Object.keys(additional).length === 0)
    ? true
    : readSchema(additional, [...path, 'additionalProperties']);
}

function listTypeOf(raw: JsonObject, path: JsonPath): ListType {
  const kind = raw['x-kubernetes-list-type'];
  if (kind === 'set') return { kind };
  if (kind !== 'map') return { kind: 'atomic' };
  const keys = textList(raw, 'x-kubernetes-list-map-keys', path);
  if (keys.length === 0) throw new SchemaFault(path, 'is a list of type map without x-kubernetes-list-map-keys');
  return { kind, keys };
}

function celRule(raw: JsonObject, path: JsonPath): CelRule {
  const { rule, message, messageExpression, fieldPath, optionalOldSelf } = raw;
  if (typeof rule !== 'string' || rule.trim() === '') throw new SchemaFault([...path, 'rule'], 'is missing or no text');
  return {
    rule,
    ...(typeof message === 'string' && { message }),
    ...(typeof messageExpression === 'string' && { messageExpression }),
    ...(typeof fieldPath === 'string' && { fieldPath }),
    optionalOldSelf: optionalOldSelf === true,
  };
}

function textList(raw: JsonObject, key: string, path: JsonPath): readonly string[] {
  const list = raw[key] ?? [];
  if (!Array.isArray(list) || !list.every((entry) => typeof entry === 'string')) {
    throw new SchemaFault([...path, key], 'is no list of texts');
  }
  return list;
}

const numbers = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'multipleOf'];
const combiners = ['allOf', 'anyOf', 'oneOf'];

/** Keywords that are handed to ajv must have the form that it wants, here and in the alternatives, which are no structure. */
function checkKeywords(raw: JsonObject, path: JsonPath): void {
  for (const key of numbers) {
    if (raw[key] !== undefined && typeof raw[key] !== 'number') throw new SchemaFault([...path, key], 'is no number');
  }
  const { pattern } = raw;
  if (pattern !== undefined && (typeof pattern !== 'string' || searchMatch(pattern) === undefined)) {
    throw new SchemaFault([...path, 'pattern'], `${JSON.stringify(pattern)} is no expression that RE2 takes`);
  }
  if (raw['enum'] !== undefined && (!Array.isArray(raw['enum']) || raw['enum'].length === 0)) {
    throw new SchemaFault([...path, 'enum'], 'is no list of values');
  }
  for (const key of combiners) checkAlternatives(raw[key], [...path, key]);
  if (raw['not'] !== undefined) checkAlternative(raw['not'], [...path, 'not']);
}

function checkAlternatives(list: JsonValue | undefined, path: JsonPath): void {
  if (list === undefined) return;
  if (!Array.isArray(list) || list.length === 0) throw new SchemaFault(path, 'is no list of schemas');
  list.forEach((entry, index) => checkAlternative(entry, [...path, index]));
}

function checkAlternative(raw: JsonValue, path: JsonPath): void {
  if (!isJsonObject(raw)) throw new SchemaFault(path, 'is no object; give a schema');
  checkKeywords(raw, path);
  textList(raw, 'required', path);
  for (const [name, member] of Object.entries(objectAt(raw, 'properties'))) checkAlternative(member ?? null, [...path, 'properties', name]);
  for (const key of ['items', 'additionalProperties']) {
    const below = raw[key];
    if (isJsonObject(below)) checkAlternative(below, [...path, key]);
  }
}
