import type { ErrorObject } from 'ajv';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json';
import { textOf } from '../../model/json-fields';

/**
 * How the API server reports an error of structure; nothing where its text is not well known.
 * @see k8s.io/kube-openapi/pkg/validation and k8s.io/apimachinery/pkg/util/validation/field
 */
export function serverWords({ keyword, data, parentSchema }: ErrorObject, place: string): string | undefined {
  const schema: JsonObject = isJsonObject(parentSchema) ? parentSchema : {};
  const value = data as JsonValue;
  const invalid = (shown: string, words: string): string => `${place}: Invalid value: ${shown}: ${place} in body ${words}`;
  switch (keyword) {
    case 'required':
      return `${place}: Required value`;
    case 'type':
      return invalid(`"${typeName(value)}"`, `must be of type ${wanted(schema)}: "${typeName(value)}"`);
    case 'enum':
      return `${place}: Unsupported value: ${shownValue(value)}: supported values: ${[schema['enum']].flat().map(textOf).map(inQuotes).join(', ')}`;
    case 'pattern':
      return invalid(shownValue(value), `should match '${textOf(schema['pattern'])}'`);
    case 'minimum':
      return invalid(shownValue(value), `should be greater than or equal to ${textOf(schema['minimum'])}`);
    case 'maximum':
      return invalid(shownValue(value), `should be less than or equal to ${textOf(schema['maximum'])}`);
    case 'minLength':
      return invalid(shownValue(value), `should be at least ${textOf(schema['minLength'])} chars long`);
    case 'minItems':
      return invalid(shownValue([value].flat().length), `should have at least ${textOf(schema['minItems'])} items`);
    default:
      return undefined;
  }
}

/** Type of a value as the API server names it. */
export function typeName(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function wanted(schema: JsonObject): string {
  return [schema['type']]
    .flat()
    .filter((type) => type !== 'null')
    .map(textOf)
    .join(',');
}

/** Longest value that is repeated, in characters. */
const shownLength = 80;

function shownValue(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}

function inQuotes(text: string): string {
  return `"${text}"`;
}
