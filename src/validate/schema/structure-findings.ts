import type { ErrorObject, ValidateFunction } from 'ajv';
import { formatJsonPath, isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../../model/json';
import { objectAt, textOf } from '../../model/json-fields';
import { mayHoldSecret } from '../../model/secret-path';
import { isRulePathPattern } from './pattern-words';
import { valueAt, type SchemaFinding } from './schema-finding';
import { serverWords } from './server-words';
import { suggestPath } from './suggest-path';
import { expectationWords, valueWords } from './words';

/** What ajv finds in a prepared object, one finding for each wrong value; `body` is the object as it was written. */
export function structureFindings(validate: ValidateFunction, prepared: JsonObject, body: JsonObject): SchemaFinding[] {
  validate(prepared);
  const errors = validate.errors ?? [];
  // What was compiled outlives the run, and what it kept of an object must not.
  validate.errors = null;
  return collapsed(errors, prepared).map(({ error, path }) => findingOf(error, path, body));
}

interface Placed {
  readonly error: ErrorObject;
  readonly path: JsonPath;
}

/** Which of several errors at one place speaks for it. */
const order = ['type', 'enum', 'pattern', 'format', 'required'];

/** One error for each place, but every missing field; what failed inside an alternative is told by the alternative as a whole. */
function collapsed(errors: readonly ErrorObject[], prepared: JsonObject): Placed[] {
  const own = errors.filter(({ schemaPath }) => !/(?<!\/properties)\/(?:(?:anyOf|oneOf)\/\d+|not)\//.test(schemaPath));
  const placed = own.map((error) => ({ error, path: pathOf(error, prepared) }));
  const ranked = [...placed].sort((a, b) => rank(a.error) - rank(b.error));
  const first = new Map<string, Placed>();
  for (const entry of ranked) {
    const key = JSON.stringify(entry.path);
    if (!first.has(key)) first.set(key, entry);
  }
  const speaking = new Set(first.values());
  return placed.filter((entry) => speaking.has(entry));
}

function rank({ keyword }: ErrorObject): number {
  const index = order.indexOf(keyword);
  return index < 0 ? order.length : index;
}

/** Where the value stands, or where the missing one should; indexes of lists are numbers. */
function pathOf({ instancePath, keyword, params }: ErrorObject, prepared: JsonObject): JsonPath {
  const steps = instancePath === '' ? [] : instancePath.slice(1).split('/');
  const path = steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<JsonPath>((above, step) => {
      return [...above, Array.isArray(valueAt(prepared, above)) ? Number(step) : step];
    }, []);
  const missing: unknown = keyword === 'required' ? (params as JsonObject)['missingProperty'] : undefined;
  return typeof missing === 'string' ? [...path, missing] : path;
}

function findingOf(found: ErrorObject, path: JsonPath, body: JsonObject): SchemaFinding {
  const error = typeof found.data === 'string' && mayHoldSecret(textOf(body['kind']), path) ? { ...found, data: '…' } : found;
  const schema: JsonObject = isJsonObject(error.parentSchema) ? error.parentSchema : {};
  const reason = serverWords(error, formatJsonPath(path));
  return { path, ...(reason !== undefined && { reason: `The API server says: ${reason}` }), ...judged(error, path, schema, body) };
}

type Judged = Pick<SchemaFinding, 'rule' | 'message' | 'fix'>;

function judged({ keyword, data, params }: ErrorObject, path: JsonPath, schema: JsonObject, body: JsonObject): Judged {
  const value = data as JsonValue;
  switch (keyword) {
    case 'required': {
      const written = valueAt(body, path) === null ? 'is null, which counts as missing' : 'is missing';
      const wanted = objectAt(objectAt(schema, 'properties'), String(path.at(-1)));
      return { rule: 'schema-required', message: `${written}; give ${expectationWords(wanted)}` };
    }
    case 'type':
      return { rule: 'schema-type', message: `is ${valueWords(value)}; give ${expectationWords(schema)}${typeHint(value, schema)}` };
    case 'pattern':
      return patternFinding(value, schema);
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return { rule: 'schema-value', message: `${valueWords(value)} fits ${alternativeWords(keyword, params as JsonObject, schema)}` };
    default:
      return { rule: 'schema-value', message: `is ${sizedWords(value, keyword)}; give ${expectationWords(schema)}` };
  }
}

function typeHint(value: JsonValue, schema: JsonObject): string {
  const types = [schema['type']].flat();
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) return ' (put it in quotes)';
  if (typeof value === 'string' && types.includes('boolean') && /^(?:true|false)$/i.test(value)) return ' (without quotes)';
  if (typeof value === 'string' && types.includes('integer') && /^\d+$/.test(value)) return ' (without quotes)';
  return types.includes('array') && !Array.isArray(value) && !isJsonObject(value) ? ' (begin the entry with "- ")' : '';
}

/** A path that most likely is a regular expression gets what to write instead; what is allowed at all is then the advice. */
function patternFinding(value: JsonValue, schema: JsonObject): Judged {
  const wanted = expectationWords({ ...schema, enum: undefined });
  const isPath = typeof value === 'string' && isRulePathPattern(textOf(schema['pattern']));
  const suggestion = isPath ? suggestPath(value) : undefined;
  if (suggestion === undefined) return { rule: 'schema-value', message: `is ${valueWords(value)}; give ${wanted}` };
  const message = `is ${valueWords(value)}, which is no path of an APIRule v2; ${suggestion}`;
  return { rule: 'schema-value', message, fix: `Give ${wanted}.` };
}

/** A value whose size is wrong, with the size that it has. */
function sizedWords(value: JsonValue, keyword: string): string {
  if (typeof value === 'string' && keyword.endsWith('Length'))
    return value === '' ? 'empty' : `${Array.from(value).length} characters long`;
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : `a list of ${value.length}`;
  if (isJsonObject(value)) return Object.keys(value).length === 0 ? 'empty' : `an object of ${Object.keys(value).length} members`;
  return valueWords(value);
}

function alternativeWords(keyword: string, params: JsonObject, schema: JsonObject): string {
  if (keyword === 'not') return 'what the definition excludes; give another value';
  const required = [schema[keyword]].flat().map((choice) => (isJsonObject(choice) ? choice['required'] : undefined));
  const names = required.every(Array.isArray) ? required.map((list) => [list].flat().join(' with ')) : undefined;
  if (Array.isArray(params['passingSchemas'])) return `several of its alternatives; give exactly one of ${names?.join(', ') ?? 'them'}`;
  return `none of its alternatives; give ${names === undefined ? 'one of them' : `one of ${names.join(', ')}`}`;
}
