import { Ajv, type ValidateFunction } from 'ajv';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json';
import { searchMatch } from '../../model/linear-regex';
import { addKubernetesFormats } from './formats';
import type { StructuralSchema } from './structural-schema';

const kept = [
  ...['enum', 'format', 'maximum', 'maxItems', 'maxLength', 'maxProperties', 'minimum', 'minItems', 'minLength', 'minProperties'],
  ...['multipleOf', 'pattern', 'required', 'uniqueItems'],
];

/** One compiler for each schema: ajv keeps what it compiled, and nothing may grow with a run. */
export function compileStructure(schema: StructuralSchema): ValidateFunction {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    verbose: true,
    ownProperties: true,
    validateSchema: false,
    logger: false,
    code: { regExp: linearRegExp },
  });
  addKubernetesFormats(ajv);
  return ajv.compile(ajvSchema(schema.raw));
}

/** What ajv takes for a regular expression: matched by RE2, so that no pattern of a definition backtracks. */
const linearRegExp = Object.assign(
  (pattern: string) => {
    const test = searchMatch(pattern);
    if (test === undefined) throw new SyntaxError(`${JSON.stringify(pattern)} is no expression that RE2 takes`);
    // ajv keeps compiled expressions by this text.
    return { test, toString: () => pattern };
  },
  // Only written into code that ajv exports, which is never done here.
  { code: 'searchMatch' },
);

/** A node of a definition as the JSON Schema that ajv judges by: what only Kubernetes knows is translated or left out. */
export function ajvSchema(raw: JsonObject): JsonObject {
  const nullable = raw['nullable'] === true;
  const intOrString = raw['x-kubernetes-int-or-string'] === true;
  const type = intOrString ? ['integer', 'string'] : raw['type'] === undefined ? [] : [raw['type']];
  const choices = raw['enum'];
  return {
    ...Object.fromEntries(kept.flatMap((key) => (raw[key] === undefined ? [] : [[key, raw[key]]]))),
    ...(type.length > 0 && { type: nullable ? [...type, 'null'] : type }),
    ...(nullable && Array.isArray(choices) && { enum: [...choices, null] }),
    ...limits(raw),
    ...below(raw),
    ...alternatives(raw, intOrString),
  };
}

/** OpenAPI marks a limit as exclusive beside it; JSON Schema gives the exclusive limit itself. */
function limits(raw: JsonObject): JsonObject {
  return {
    ...(raw['exclusiveMinimum'] === true && { minimum: undefined, exclusiveMinimum: raw['minimum'] }),
    ...(raw['exclusiveMaximum'] === true && { maximum: undefined, exclusiveMaximum: raw['maximum'] }),
  };
}

function below(raw: JsonObject): JsonObject {
  const { properties, items, additionalProperties } = raw;
  return {
    ...(isJsonObject(properties) && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, converted(member)])),
    }),
    ...(isJsonObject(items) && { items: ajvSchema(items) }),
    ...(isJsonObject(additionalProperties) && { additionalProperties: ajvSchema(additionalProperties) }),
  };
}

function alternatives(raw: JsonObject, intOrString: boolean): JsonObject {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => {
    const list = raw[key];
    if (!Array.isArray(list) || (intOrString && isTypePair(list))) return [];
    return [[key, list.map(converted)] as const];
  });
  return { ...Object.fromEntries(lists), ...(isJsonObject(raw['not']) && { not: ajvSchema(raw['not']) }) };
}

/** `anyOf: [{type: integer}, {type: string}]`, which every int-or-string field carries. */
function isTypePair(list: readonly JsonValue[]): boolean {
  return list.length === 2 && list.every((entry) => isJsonObject(entry) && Object.keys(entry).join() === 'type');
}

function converted(raw: JsonValue | undefined): JsonValue {
  return isJsonObject(raw) ? ajvSchema(raw) : {};
}
