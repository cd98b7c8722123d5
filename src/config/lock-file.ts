import * as z from 'zod';
import { parseSource, type SourceDocument, type SyntaxProblem } from './source-document';
import { word } from './schema-parts';

/** Name of the lock file, beside the configuration. */
export const lockFileName = 'kyma-guard.lock.yaml';
/** Environment under which the lock keeps its entries when the configuration declares none. */
export const onlyEnvironment = 'default';

const learnt = z.enum(['token', 'discovery', 'service key', 'derived']);

const entrySchema = z.strictObject({
  clientId: word,
  issuer: word,
  jwksUri: word,
  learnt: z.strictObject({ clientId: learnt, issuer: learnt, jwksUri: learnt, xsappname: learnt }),
  xsappname: word,
});

/** Form of the lock file. */
export const lockSchema = z.strictObject({
  version: z.literal(1),
  environments: z.record(z.string(), z.record(z.string(), entrySchema)),
});

/** What is known of an XSUAA instance only after it was made. */
export type LockEntry = z.output<typeof entrySchema>;
/** How a value was learnt. */
export type Learnt = z.output<typeof learnt>;
/** Entries by environment and issuer. */
export type Lock = z.output<typeof lockSchema>;

/** True when the live issuer never confirmed who it is or where its keys are. */
export function isDerived({ learnt: { issuer, jwksUri } }: LockEntry): boolean {
  return issuer === 'derived' || jwksUri === 'derived';
}

/** A lock without entries. */
export const emptyLock: Lock = { version: 1, environments: {} };

/** The lock that a text holds, or its document for messages when it has another form, or why it cannot be read. */
export function parseLock(
  text: string,
  file: string,
):
  | { lock: Lock; source: SourceDocument }
  | { source: SourceDocument; issues: readonly z.core.$ZodIssue[] }
  | { syntax: readonly SyntaxProblem[] } {
  const source = parseSource(text, file);
  if (!('data' in source)) return { syntax: source };
  const parsed = lockSchema.safeParse(source.data);
  return parsed.success ? { lock: parsed.data, source } : { source, issues: parsed.error.issues };
}

interface Mapping {
  readonly [key: string]: string | Mapping;
}

/** Writes the lock: sorted, without time stamps, the same bytes for the same facts. */
export function printLock(lock: Lock): string {
  const lines = ['# Written by `kyma-guard lock`. Commit it; do not edit it by hand. It holds no secrets.', `version: ${lock.version}`];
  lines.push(Object.keys(lock.environments).length === 0 ? 'environments: {}' : 'environments:');
  lines.push(...printMapping(lock.environments, 1));
  return `${lines.join('\n')}\n`;
}

function printMapping(mapping: Mapping, depth: number): string[] {
  const indent = '  '.repeat(depth);
  return Object.keys(mapping)
    .sort()
    .flatMap((key) => {
      const value = mapping[key];
      if (value === undefined) return [];
      if (typeof value === 'object' && Object.keys(value).length === 0) return [`${indent}${scalar(key)}: {}`];
      return typeof value === 'string'
        ? [`${indent}${scalar(key)}: ${scalar(value)}`]
        : [`${indent}${scalar(key)}:`, ...printMapping(value, depth + 1)];
    });
}

/** Plain where YAML reads a plain text as the same text, else in double quotes, whose escapes JSON shares. */
function scalar(text: string): string {
  const plain = /^[A-Za-z][A-Za-z0-9 !./:_|-]*[A-Za-z0-9]$/.test(text) && !/: | #|^(true|false|null|yes|no|on|off)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}

/** The lock with one entry put in or replaced. */
export function withEntry(lock: Lock, environment: string, issuer: string, entry: LockEntry): Lock {
  const entries = { ...lock.environments[environment], [issuer]: entry };
  return { ...lock, environments: { ...lock.environments, [environment]: entries } };
}
