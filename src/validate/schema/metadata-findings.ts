import { closest } from '../../model/closest';
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../../model/json';
import { isDnsLabel, isDnsSubdomain, isObjectName } from '../../model/names';
import type { SchemaFinding } from './schema-finding';
import { quoted, valueWords } from './words';

/** Members of ObjectMeta. @see Kubernetes API, meta/v1 ObjectMeta */
const known = [
  ...['name', 'generateName', 'namespace', 'labels', 'annotations', 'finalizers', 'ownerReferences', 'uid', 'resourceVersion'],
  ...['generation', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'managedFields', 'selfLink'],
];

/**
 * What the API server says of the metadata of any object whose kind has a definition.
 * @param options.named False for an object inside another one, which needs no name. @default true
 */
export function metadataFindings(
  metadata: JsonValue | undefined,
  path: JsonPath = ['metadata'],
  { named = true }: { readonly named?: boolean } = {},
): SchemaFinding[] {
  if (!isJsonObject(metadata)) {
    const rule = metadata === undefined || metadata === null ? 'schema-required' : 'schema-type';
    return [{ rule, path, message: `is ${valueWords(metadata)}; give an object with a name` }];
  }
  return [
    ...Object.keys(metadata).flatMap((key) => unknownMember(key, path)),
    ...(named || typeof metadata['name'] === 'string' ? nameFindings(metadata, path) : []),
    ...namespaceFindings(metadata['namespace'], [...path, 'namespace']),
    ...mapFindings(metadata['labels'], [...path, 'labels'], isLabelValue),
    ...mapFindings(metadata['annotations'], [...path, 'annotations'], () => true),
  ];
}

function unknownMember(key: string, path: JsonPath): SchemaFinding[] {
  if (known.includes(key)) return [];
  const near = closest(key, known);
  const hint = near === undefined ? 'labels and annotations hold what is not listed' : `did you mean ${near}?`;
  return [{ rule: 'schema-unknown-field', path: [...path, key], message: `the field ${quoted(key)} does not exist here; ${hint}` }];
}

function nameFindings({ name, generateName }: JsonObject, path: JsonPath): SchemaFinding[] {
  const at = [...path, 'name'];
  if (name === undefined || name === null) {
    if (typeof generateName === 'string' && generateName !== '') return [];
    return [
      {
        rule: 'schema-required',
        path: at,
        message: 'is missing; give a name',
        reason: 'The API server says: name or generateName is required',
      },
    ];
  }
  if (typeof name !== 'string')
    return [{ rule: 'schema-type', path: at, message: `is ${valueWords(name)}; give a text (put it in quotes)` }];
  if (isObjectName(name)) return [];
  const message = `is ${quoted(name)}; give lower-case letters, digits, "-" and ".", at most 253 characters`;
  return [{ rule: 'schema-value', path: at, message, reason: serverSays }];
}

const serverSays =
  "The API server says: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

function namespaceFindings(namespace: JsonValue | undefined, path: JsonPath): SchemaFinding[] {
  if (namespace === undefined || namespace === null || namespace === '') return [];
  if (typeof namespace !== 'string') return [{ rule: 'schema-type', path, message: `is ${valueWords(namespace)}; give a text` }];
  if (isDnsLabel(namespace)) return [];
  const message = `is ${quoted(namespace)}; give lower-case letters, digits and "-", at most 63 characters`;
  return [{ rule: 'schema-value', path, message }];
}

function mapFindings(map: JsonValue | undefined, path: JsonPath, isValue: (text: string) => boolean): SchemaFinding[] {
  if (map === undefined || map === null) return [];
  if (!isJsonObject(map)) return [{ rule: 'schema-type', path, message: `is ${valueWords(map)}; give an object of texts` }];
  return Object.entries(map).flatMap(([key, value = null]): SchemaFinding[] => {
    const at = [...path, key];
    if (value === null) return [{ rule: 'schema-null', path: at, message: 'is null, which counts as an empty text; give a text' }];
    if (typeof value !== 'string') {
      return [{ rule: 'schema-type', path: at, message: `is ${valueWords(value)}; give a text (put it in quotes)` }];
    }
    if (!isQualifiedName(key)) {
      const words = 'give letters, digits, "-", "_" and ".", at most 63 characters, after a domain and "/" at most';
      return [{ rule: 'schema-value', path: at, message: `has the key ${quoted(key)}; ${words}` }];
    }
    if (isValue(value)) return [];
    const message = `is ${quoted(value)}; give at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends`;
    return [{ rule: 'schema-value', path: at, message }];
  });
}

const namePart = /^[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;

/** True for a key of labels and annotations. @see Kubernetes, "Labels and Selectors", syntax */
function isQualifiedName(key: string): boolean {
  const [name = '', prefix, ...rest] = key.split('/').reverse();
  return rest.length === 0 && namePart.test(name) && (prefix === undefined || isDnsSubdomain(prefix.toLowerCase()));
}

function isLabelValue(value: string): boolean {
  return value === '' || namePart.test(value);
}
