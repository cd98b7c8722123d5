import { formatJsonPath, type JsonPath } from '../../model/json';
import { celExpression, celOptional, summaryOf, type CelVariables } from './cel-engine';
import { celWords } from './cel-words';
import type { SchemaFinding } from './schema-finding';
import type { CelRule, StructuralSchema } from './structural-schema';
import { quoted } from './words';

/** A value that has CEL rules, as CEL sees it. */
export interface CelSubject {
  readonly schema: StructuralSchema;
  readonly path: JsonPath;
  readonly self: unknown;
  /** The earlier value, where there is one that can be told to be the same. */
  readonly oldSelf?: unknown;
}

/** What one rule says of a value; nothing when it holds or is not about this value. */
export function celRuleFinding(rule: CelRule, subject: CelSubject, earlierKnown: boolean): SchemaFinding | undefined {
  const { path } = subject;
  const compiled = celExpression(rule.rule);
  if ('refused' in compiled) return undecided(rule, path, compiled.refused);
  const variables = variablesOf(rule, subject);
  if (compiled.readsOldSelf && !rule.optionalOldSelf && subject.oldSelf === undefined) {
    return earlierKnown ? undefined : skipped(path);
  }
  try {
    const holds = compiled.run(variables);
    if (holds === true) return undefined;
    return holds === false ? broken(rule, subject, variables) : undecided(rule, path, 'it gives neither true nor false');
  } catch (error) {
    return undecided(rule, path, summaryOf(error));
  }
}

function variablesOf(rule: CelRule, { self, oldSelf }: CelSubject): CelVariables {
  if (rule.optionalOldSelf) return { self, oldSelf: celOptional(oldSelf) };
  return oldSelf === undefined ? { self } : { self, oldSelf };
}

function broken(rule: CelRule, { schema, path, self }: CelSubject, variables: CelVariables): SchemaFinding {
  const says = messageOf(rule, variables);
  const at = [...path, ...fieldSteps(rule.fieldPath)];
  const { message, fix } = celWords(says, self);
  return {
    rule: 'schema-cel',
    path: at,
    message,
    ...(fix !== undefined && { fix }),
    reason: `The API server says: ${formatJsonPath(at)}: Invalid value: "${schema.type ?? 'object'}": ${says}`,
  };
}

/** The message as the API server makes it: an expression that gives one line of text beats the fixed text. */
function messageOf(rule: CelRule, variables: CelVariables): string {
  const fallback = (rule.message ?? `failed rule: ${rule.rule}`).trim();
  if (rule.messageExpression === undefined) return fallback;
  const compiled = celExpression(rule.messageExpression);
  if ('refused' in compiled) return fallback;
  try {
    const made = compiled.run(variables);
    return typeof made === 'string' && made.trim() !== '' && !made.includes('\n') ? made.trim() : fallback;
  } catch {
    return fallback;
  }
}

/** Steps of `.spec.field` and `['field']`. */
function fieldSteps(fieldPath: string | undefined): string[] {
  return [...(fieldPath ?? '').matchAll(/\.([^.[\]]+)|\['([^']+)'\]/g)].map((match) => match[1] ?? match[2] ?? '');
}

function undecided({ rule }: CelRule, path: JsonPath, why: string): SchemaFinding {
  return {
    rule: 'schema-cel',
    path,
    message: `the rule ${quoted(rule)} of the definition cannot be evaluated here: ${why}`,
    fix: 'Ask a cluster: kubectl apply --dry-run=server.',
    undecided: true,
  };
}

function skipped(path: JsonPath): SchemaFinding {
  return {
    rule: 'schema-cel',
    path,
    severity: 'info',
    message: 'the definition has rules about changes, which were not evaluated because the earlier object is not known',
    fix: 'Give the earlier manifests with --against.',
    skipped: true,
  };
}
