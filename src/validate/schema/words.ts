import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json';
import { textOf } from '../../model/json-fields';
import { patternWords } from './pattern-words';

/** Longest piece of a value that a message repeats, in characters. */
const excerptLength = 80;

/** A value as a message names it: `"3s"`, `0`, `a list`. */
export function valueWords(value: JsonValue | undefined): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isJsonObject(value)) return 'an object';
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** A text in quotes, shortened. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > excerptLength ? `${text.slice(0, excerptLength)}…` : text);
}

/** What a schema asks for, as it follows "give": `a whole number from 1 to 3900`. */
export function expectationWords(schema: JsonObject): string {
  if (schema['x-kubernetes-int-or-string'] === true) return 'a whole number or a text';
  const choices = schema['enum'];
  if (Array.isArray(choices)) return choicesWords(choices.filter((choice) => choice !== null));
  const types = [schema['type']].flat().filter((type) => type !== 'null');
  return types.map((type) => typeWords(type, schema)).join(' or ') || 'another value';
}

function typeWords(type: JsonValue | undefined, schema: JsonObject): string {
  switch (type) {
    case 'integer':
      return `a whole number${rangeWords(schema)}`;
    case 'number':
      return `a number${rangeWords(schema)}`;
    case 'string':
      return textWords(schema);
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list${countWords(schema['minItems'], schema['maxItems'], 'entry', 'entries')}`;
    default:
      return `an object${countWords(schema['minProperties'], schema['maxProperties'], 'member', 'members')}`;
  }
}

function textWords(schema: JsonObject): string {
  const { pattern, format } = schema;
  if (typeof pattern === 'string') return patternWords(pattern);
  if (typeof format === 'string') return formatWords[format] ?? `text of the form ${format}`;
  return `text${countWords(schema['minLength'], schema['maxLength'], 'character', 'characters')}`;
}

const formatWords: Readonly<Record<string, string>> = {
  duration: 'a duration with its unit, as in 100ms, 30s or 1h30m',
  'date-time': 'a point in time, as in 2027-01-31T12:00:00Z',
  date: 'a day, as in 2027-01-31',
  byte: 'text in base64',
  uri: 'a URI',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  uuid: 'a UUID',
};

function choicesWords(choices: readonly JsonValue[]): string {
  const names = choices.map((choice) => (typeof choice === 'string' ? choice : JSON.stringify(choice)));
  return names.length === 1 ? (names[0] ?? '') : `one of ${names.join(', ')}`;
}

function rangeWords(schema: JsonObject): string {
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: under, multipleOf, format } = schema;
  const range =
    minimum !== undefined && maximum !== undefined
      ? ` from ${textOf(minimum)} to ${textOf(maximum)}`
      : [
          minimum !== undefined ? ` of at least ${textOf(minimum)}` : '',
          maximum !== undefined ? ` of at most ${textOf(maximum)}` : '',
          above !== undefined ? ` above ${textOf(above)}` : '',
          under !== undefined ? ` below ${textOf(under)}` : '',
        ].join('');
  const bits = range === '' && typeof format === 'string' && format.startsWith('int') ? ` that fits ${format.slice(3)} bits` : '';
  return `${range}${bits}${multipleOf === undefined ? '' : `, a multiple of ${textOf(multipleOf)}`}`;
}

function countWords(least: JsonValue | undefined, most: JsonValue | undefined, one: string, many: string): string {
  const noun = (count: JsonValue): string => `${textOf(count)} ${count === 1 ? one : many}`;
  if (least !== undefined && least === most) return ` of exactly ${noun(least)}`;
  if (least !== undefined && most !== undefined) return ` of ${textOf(least)} to ${noun(most)}`;
  if (least !== undefined) return ` of at least ${noun(least)}`;
  return most === undefined ? '' : ` of at most ${noun(most)}`;
}
