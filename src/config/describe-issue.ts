import type * as z from 'zod';
import { closest } from '../model/closest';
import { isJsonObject, type JsonPath, type JsonValue } from '../model/json';
import { looksSecret, secretIn } from './find-secrets';

/** A problem with a value, without its place. */
export interface Finding {
  readonly path: JsonPath;
  readonly message: string;
  readonly fix?: string;
  /** Where the value stands that this one was probably meant to be. */
  readonly meant?: JsonPath;
}

type Issue = z.core.$ZodIssue;

/** As {@link describeIssue} for all of them: what was only misspelt is not told as missing, too. */
export function describeIssues(issues: readonly Issue[], data: JsonValue, knownKeys: (path: JsonPath) => readonly string[]): Finding[] {
  const findings = issues.flatMap((issue) => describeIssue(issue, data, knownKeys));
  const meant = new Set(findings.flatMap((finding) => (finding.meant ? [JSON.stringify(finding.meant)] : [])));
  return findings.filter(({ path, message }) => !message.startsWith('is missing;') || !meant.has(JSON.stringify(path)));
}

/**
 * Turns what the schema found into findings people can act on: what is, then what should be.
 * @param knownKeys names that a mapping at a path may have, for "did you mean"
 */
export function describeIssue(issue: Issue, data: JsonValue, knownKeys: (path: JsonPath) => readonly string[]): Finding[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], key, knownKeys(path)));
  if (issue.code === 'invalid_key')
    return [{ path, message: `the name ${show(String(path.at(-1) ?? ''))} is not allowed; give ${issue.issues[0]?.message ?? 'another'}` }];
  if (issue.code === 'invalid_union') return union(issue, path, data, knownKeys);
  const value = valueAt(data, path);
  if (value === undefined) return [{ path, message: `is missing; give ${expectation(issue)}` }];
  return [{ path, message: `is ${show(value)}; give ${expectation(issue)}` }];
}

/** A wrong member of a variant is better news than "no variant fits": the variant of the same form as the value is taken. */
function union(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: JsonPath,
  data: JsonValue,
  knownKeys: (path: JsonPath) => readonly string[],
): Finding[] {
  const value = valueAt(data, path);
  if (issue.errors.length === 0) {
    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.join(' or ') : 'a known kind';
    return [{ path, message: value === undefined ? `is missing; give ${options}` : `is ${show(value)}; give ${options}` }];
  }
  const inner = issue.errors.filter((variant) => variant.every(({ path: at, code }) => at.length > 0 || code === 'unrecognized_keys'));
  const [best] = inner.sort((a, b) => unknownKeys(a) - unknownKeys(b));
  if (isJsonObject(value) && best)
    return best.flatMap((nested) => describeIssue({ ...nested, path: [...path, ...nested.path] }, data, knownKeys));
  return [
    { path, message: value === undefined ? `is missing; give ${expectation(issue)}` : `is ${show(value)}; give ${expectation(issue)}` },
  ];
}

function unknownKeys(variant: readonly Issue[]): number {
  return variant.filter(({ code }) => code === 'unrecognized_keys').length;
}

function unknownKey(path: JsonPath, key: string, known: readonly string[]): Finding {
  if (looksSecret(key))
    return {
      path,
      message: `the key ${show(key)} is unknown, and secrets do not belong in this file`,
      fix: 'Remove it; the operator puts the credentials into a Secret.',
    };
  const near = closest(key, known);
  const hint = near === undefined ? (known.length > 0 ? `; known are ${known.join(', ')}` : '') : `; did you mean ${near}?`;
  return { path, message: `the key ${show(key)} is unknown${hint}`, ...(near !== undefined && { meant: [...path.slice(0, -1), near] }) };
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) return article(issue.expected);
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid'))
    return `${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_big' && issue.message.startsWith('Too big'))
    return `at most ${String(issue.maximum)} ${issue.origin === 'string' ? 'characters' : 'entries'}`;
  return issue.message;
}

function article(type: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    record: 'a mapping',
    object: 'a mapping',
    array: 'a list',
    int: 'a whole number',
    boolean: 'true or false',
  };
  return names[type] ?? `a ${type}`;
}

function show(value: JsonValue): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isJsonObject(value)) return 'a mapping';
  if (value === null) return 'empty';
  if (typeof value === 'string' && secretIn(value) !== undefined) return 'a secret';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…"` : text;
}

function valueAt(data: JsonValue | undefined, path: JsonPath): JsonValue | undefined {
  let value = data;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (isJsonObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}
