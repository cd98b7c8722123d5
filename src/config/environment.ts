import type * as z from 'zod';
import type { Where } from '../model/check-result';
import { formatJsonPath, isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../model/json';
import { checkConfig } from './check-config';
import { otherAppName } from './app-name';
import { describeIssues, type Finding } from './describe-issue';
import { findSecrets } from './find-secrets';
import { environmentJsonSchema, knownKeysOf } from './json-schema';
import type { LayeredEnvironment, Reading } from './layers';
import { onlyEnvironment, type Lock, type LockEntry } from './lock-file';
import { mergeDeep } from './merge';
import { locateIn, type Locate } from './place';
import { readReferences, type References } from './references';
import { scopeFindings } from './rule-findings';
import { configSchema, type Config } from './schema';

/** One environment, checked: what one cluster gets. */
export interface Environment extends References {
  /** Absent when the configuration declares no environments. */
  readonly name: string | undefined;
  readonly config: Config;
  /** Entries of the lock file for this environment, by issuer. */
  readonly lock: Readonly<Record<string, LockEntry>>;
  readonly locate: Locate;
}

/** Place of a value that is wrong in this environment, though others may share the line. */
export function placeIn({ name, locate }: Environment, path: JsonPath): Where {
  return { ...locate(path), path: formatJsonPath(name === undefined ? path : ['environments', name, ...path]) };
}

/** Merges, parses and checks one environment. Problems go to `reading.problems`; then there may be no environment. */
export async function readEnvironment(
  { name, layers }: LayeredEnvironment,
  lock: Lock,
  reading: Reading,
): Promise<Environment | undefined> {
  const data = layers.map((layer) => layer.data).reduce(mergeDeep, {});
  const locate = locateIn(layers);
  const parsed = configSchema.safeParse(data);
  if (!parsed.success) {
    const knownKeys = knownKeysOf(environmentJsonSchema());
    reading.problems.addFindings(describeIssues(parsed.error.issues, data, knownKeys), locate);
  }
  for (const { path, what } of findSecrets(data)) {
    reading.problems.addFindings(
      [{ path, message: `holds ${what}; secrets do not belong in this file, so remove it and make a new one` }],
      locate,
      'config-secret',
    );
  }
  const config = parsed.success ? parsed.data : usablePart(data, parsed.error.issues);
  if (!config) return undefined;
  const entries = lock.environments[name ?? onlyEnvironment] ?? {};
  reading.problems.addFindings(
    checkConfig(config, { lock: entries, declared: isJsonObject(data['issuers']) ? Object.keys(data['issuers']) : [] }),
    locate,
  );
  const references = await readReferences(config, reading, locate);
  reading.problems.addFindings([...lockFindings(config, entries, references), ...scopeFindings(config, references.security)], locate);
  return { name, config, lock: entries, locate, ...references };
}

/** A lock entry of another application would open every rule to that application's clients. */
function lockFindings({ issuers = {} }: Config, lock: Environment['lock'], { security }: References): Finding[] {
  return Object.keys(issuers).flatMap((issuer): Finding[] => {
    const known = lock[issuer]?.xsappname;
    const declared = known === undefined ? undefined : otherAppName(security[issuer], known);
    if (known === undefined || declared === undefined) return [];
    return [
      {
        path: ['issuers', issuer, 'security'],
        message: `declares the application "${declared}", but the lock file knows the instance of "${known}"`,
        fix: 'Run kyma-guard lock with the service key of this application, or correct xsappname.',
      },
    ];
  });
}

/** Everything but what is broken, so that all problems can be told at once: without the broken values, else without the entries around them. */
function usablePart(data: JsonObject, issues: readonly z.core.$ZodIssue[]): Config | undefined {
  return configSchema.safeParse(without(data, issues, Infinity)).data ?? configSchema.safeParse(without(data, issues, 2)).data;
}

function without(data: JsonObject, issues: readonly z.core.$ZodIssue[], depth: number): JsonObject {
  const rest = structuredClone(data);
  for (const issue of issues) {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) remove(rest, [...path, key]);
    else if (issue.code === 'invalid_value' && depth >= path.length) replace(rest, path, issue.values[0]);
    else remove(rest, path.slice(0, depth));
  }
  return rest;
}

/** Any word of the list will do: the value is told already, and what stands beside it is to be checked too. */
function replace(data: JsonObject, path: JsonPath, value: unknown): void {
  const last = path.at(-1);
  const parent = parentOf(data, path);
  if (typeof value !== 'string' && typeof value !== 'number') return;
  if (Array.isArray(parent) && typeof last === 'number') parent[last] = value;
  else if (isJsonObject(parent) && last !== undefined) parent[last] = value;
}

function remove(data: JsonObject, path: JsonPath): void {
  const last = path.at(-1);
  const parent = parentOf(data, path);
  if (isJsonObject(parent) && last !== undefined) Reflect.deleteProperty(parent, last);
}

function parentOf(data: JsonObject, path: JsonPath): JsonValue | undefined {
  let parent: JsonValue | undefined = data;
  for (const step of path.slice(0, -1)) parent = memberOf(parent, step);
  return parent;
}

function memberOf(parent: JsonValue | undefined, step: string | number): JsonValue | undefined {
  if (Array.isArray(parent)) return typeof step === 'number' ? parent[step] : undefined;
  return isJsonObject(parent) ? parent[step] : undefined;
}
