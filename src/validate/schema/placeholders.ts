import { formatJsonPath, isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../../model/json';
import type { SchemaFinding } from './schema-finding';
import { quoted } from './words';

/** Places whose text is read by something else than Kubernetes, where braces have a meaning of their own. Indexes are left out. */
const foreign = [
  ...['spec.source.inline', 'spec.env[].value', 'spec.parameters', 'spec.secretTemplate', 'spec.podSecurityContext', 'spec.template'],
  ...['spec.corsPolicy.allowOrigins', 'metadata.annotations', 'metadata.managedFields', 'status'],
];

/** Where braces around a word are a mistake of another kind: a path with names, as in /users/{ID}. */
const templated = /^spec\.rules\[\]\.path$/;

const shellForm = /\$\{[A-Za-z_][A-Za-z0-9_.]*(?::?[-+?=][^}]*)?\}/;
const braceForm = /(?<![\\$])\{[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)+\}|(?<![\\$])\{[A-Z][A-Z0-9]{2,}\}/;
const helmForm = /\{\{[^}]*\}\}/;

/**
 * Texts that something should have filled in before: `${NAME}`, `{NAME}` and Helm's `{{ … }}`.
 * @param everywhere false to look at name and namespace only, for kinds whose own texts may hold such forms
 */
export function placeholderFindings(body: JsonObject, everywhere: boolean): SchemaFinding[] {
  if (everywhere) return found(body, []);
  const metadata = isJsonObject(body['metadata']) ? body['metadata'] : {};
  return ['name', 'namespace'].flatMap((key) => found(metadata[key] ?? null, ['metadata', key]));
}

function found(value: JsonValue, path: JsonPath): SchemaFinding[] {
  const place = formatJsonPath(path).replaceAll(/\[\d+\]/g, '[]');
  if (foreign.includes(place)) return [];
  if (typeof value === 'string') return finding(placeholderIn(value, place), path);
  if (Array.isArray(value)) return value.flatMap((entry, index) => found(entry, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => found(member ?? null, [...path, key]));
}

function placeholderIn(text: string, place: string): string | undefined {
  const forms = templated.test(place) ? [helmForm, shellForm] : [helmForm, shellForm, braceForm];
  return forms.map((form) => form.exec(text)?.[0]).find((match) => match !== undefined);
}

function finding(placeholder: string | undefined, path: JsonPath): SchemaFinding[] {
  if (placeholder === undefined) return [];
  const message = `holds the placeholder ${quoted(placeholder)}, which nothing has filled in; check what the tool before this one prints`;
  return [{ rule: 'manifest-placeholder', path, message }];
}
