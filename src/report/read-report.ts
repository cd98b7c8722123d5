import { severities, suppressors, type CheckResult, type Status } from '../model/check-result';
import { UsageError } from '../model/errors';
import { families } from '../model/family';
import { FieldReader, type FieldProblem } from '../model/field-reader';
import { formatJsonPath, isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import { statusOrder } from './order';
import { createReport, type Report } from './report';

/** Every verb stays far below it; what shows a report goes down level by level. */
const maxDepth = 100;
/** Problems that an error names. */
const told = 3;

/**
 * Reads a report that was written with `--format json`. Only members that are known are taken, each with its type; the summary is counted anew.
 * @throws {UsageError} ERR_USAGE when the text is no report of a version that is known
 */
export function readReport(text: string, file: string): Report {
  const value = parsed(text, file);
  const problems: FieldProblem[] = [];
  const root = new FieldReader(value, [], problems);
  if (root.at('schemaVersion').integer() !== 1) root.at('schemaVersion').problem('is missing or another than 1');
  if (root.at('tool').at('name').text() !== 'kyma-guard') root.at('tool').at('name').problem('is not kyma-guard');
  if (root.at('results').absent) root.at('results').problem('is missing');
  const verb = root.at('verb').requiredText();
  const version = root.at('tool').at('version').requiredText();
  const results = root.at('results').list().map(readResult);
  const data = root.at('data').object();
  const run = root.at('run');
  const facts = {
    labels: run.at('labels').textMap(),
    inputDigest: run.at('inputDigest').requiredText(),
    ...texts(run, ['id', 'startedAt', 'vantage']),
  };
  if (problems.length > 0) throw notAReport(file, problems);
  return createReport({ verb, version, run: facts, results, ...(data && { data }) });
}

function parsed(text: string, file: string): JsonObject {
  try {
    const value = JSON.parse(text) as JsonValue;
    if (isJsonObject(value) && !isDeeper(value, maxDepth)) return value;
    if (isJsonObject(value)) throw notAReport(file, [{ path: [], message: `is nested deeper than ${maxDepth} levels` }]);
  } catch (error) {
    // What a parser says of a text may quote it.
    if (error instanceof UsageError) throw error;
  }
  throw notAReport(file, [{ path: [], message: isCutOff(text) ? 'ends in the middle; was it cut off?' : 'is no JSON object' }]);
}

/** True for a text that begins like an object and ends before that does, in a text of its own or outside. */
function isCutOff(text: string): boolean {
  const whole = text.trim();
  if (!whole.startsWith('{')) return false;
  let depth = 0;
  for (let at = 0; at < whole.length; at += 1) {
    const character = whole.charAt(at);
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === '"') at = closingQuote(whole, at);
  }
  return depth > 0;
}

/** Where the text that begins with a quote ends; the length where it does not. */
function closingQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === '"') return at;
  }
  return text.length;
}

/** Level by level, because a function that calls itself would end as the text wants it to. */
function isDeeper(value: JsonValue, levels: number): boolean {
  let level: (JsonValue | undefined)[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

function notAReport(file: string, problems: readonly FieldProblem[]): UsageError {
  const shown = problems.slice(0, told).map(({ path, message }) => `${formatJsonPath(path)} ${message}`.trim());
  const more = problems.length > told ? ` (and ${problems.length - told} more)` : '';
  return new UsageError(
    `${file} is no report of kyma-guard: ${shown.join('; ')}${more}`,
    'Give a file that was written with --format json or --report json=FILE.',
  );
}

const resultTexts = ['fix', 'docs', 'request', 'expected', 'actual', 'reason', 'curl'] as const;

function readResult(entry: FieldReader): CheckResult {
  const where = entry.at('where');
  const [line, column] = [where.at('line').integer(), where.at('column').integer()];
  const route = entry.at('route');
  const suppressed = entry.at('suppressed');
  const family = optional(entry.at('family'), families);
  return {
    id: entry.at('id').requiredText(),
    fingerprint: entry.at('fingerprint').requiredText(),
    status: required<Status>(entry.at('status'), statusOrder),
    severity: required(entry.at('severity'), severities),
    title: entry.at('title').requiredText(),
    message: entry.at('message').requiredText(),
    ...texts(entry, resultTexts),
    where: {
      ...texts(where, ['file', 'object', 'path', 'excerpt']),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    },
    ...(!route.absent && {
      route: {
        host: route.at('host').requiredText(),
        path: route.at('path').requiredText(),
        method: route.at('method').requiredText(),
        ...texts(route, ['issuer']),
      },
    }),
    ...(family && { family }),
    ...(!suppressed.absent && {
      suppressed: {
        by: required(suppressed.at('by'), suppressors),
        reason: suppressed.at('reason').requiredText(),
        ...texts(suppressed, ['until']),
      },
    }),
  };
}

function required<T extends string>(field: FieldReader, known: readonly T[]): T {
  if (field.absent) field.problem('is missing');
  return optional(field, known) ?? (known[0] as T);
}

function optional<T extends string>(field: FieldReader, known: readonly T[]): T | undefined {
  const text = field.text();
  const found = known.find((name) => name === text);
  if (text !== undefined && found === undefined) field.problem(`is unknown; known are ${known.join(', ')}`);
  return found;
}

function texts<K extends string>(reader: FieldReader, names: readonly K[]): { [name in K]?: string } {
  const read = names.map((name) => [name, reader.at(name).text()] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(read) as { [name in K]?: string };
}
