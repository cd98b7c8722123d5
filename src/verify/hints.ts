import type { ApiRule } from '../model/api-rule';
import { checkResult, type CheckResult } from '../model/check-result';
import { closest } from '../model/closest';
import { UsageError } from '../model/errors';
import { isJsonObject, type JsonObject } from '../model/json';
import { whereOf } from '../model/object-ref';
import type { Hints } from './endpoint';

/** Annotation of an APIRule that says what good calls of its rules look like. */
export const probeAnnotation = 'kyma-guard/probe';

/** Hints for some calls: of one rule by index or path, or of all; for one method or all. */
export interface HintEntry extends Hints {
  /** Full or short host. @default - every host of the APIRule */
  readonly host?: string;
  readonly rule?: number | string;
  readonly method?: string;
}

/** Reads the annotation. What is wrong with it is a warning with its place: it is an aid, not the rule itself. */
export function readAnnotation(apiRule: ApiRule): { entries: readonly HintEntry[]; problems: readonly CheckResult[] } {
  const text = apiRule.manifest.annotations[probeAnnotation];
  if (text === undefined) return { entries: [], problems: [] };
  const read = entriesOf(text);
  const title = `Annotation ${probeAnnotation} can be read`;
  const fix = 'Give a JSON list such as [{"rule":0,"path":"/orders/1","query":"limit=1"}].';
  if (typeof read === 'string') return { entries: [], problems: [annotationProblem(apiRule, title, read, fix)] };
  const { entries, strangers } = read;
  return { entries, problems: strangers.map((stranger) => annotationProblem(apiRule, title, stranger, membersFix)) };
}

/** Entries of the annotation that fit no call of their APIRule, as warnings: they change nothing. */
export function idleAnnotation(apiRule: ApiRule, entries: readonly HintEntry[], calls: readonly HintedCall[]): CheckResult[] {
  const title = `Annotation ${probeAnnotation} fits the rules`;
  const fix = 'Name a rule by its index or its path, and a host and a method as the rule has them.';
  return entries.flatMap((entry, index) =>
    calls.some((call) => fitsCall(entry, call))
      ? []
      : [annotationProblem(apiRule, title, `has an entry [${index}] that fits no call of this APIRule`, fix)],
  );
}

function annotationProblem(apiRule: ApiRule, title: string, what: string, fix: string): CheckResult {
  return checkResult({
    id: 'probe-hints',
    status: 'warn',
    severity: 'low',
    title,
    message: `metadata.annotations["${probeAnnotation}"] ${what}`,
    fix,
    where: whereOf(apiRule.manifest, ['metadata', 'annotations', probeAnnotation]),
  });
}

/**
 * Reads a hints file (`--expect`): a JSON list in the form of the annotation.
 * @throws {UsageError} ERR_USAGE when it is none, or has a member that means nothing
 */
export function readExpectations(text: string, file: string): readonly HintEntry[] {
  const read = entriesOf(text);
  if (typeof read === 'string') throw new UsageError(`${file} ${read}`, 'docs/verify.md shows the form of a hints file.');
  if (read.strangers.length > 0) throw new UsageError(`${file} ${read.strangers.join('; ')}`, membersFix);
  return read.entries;
}

/** A call as hints name it: the rule by its index or its path. */
export interface HintedCall {
  readonly host: string;
  readonly index: number;
  readonly path: string;
  readonly method: string;
}

/** True for an entry that speaks of the call. */
export function fitsCall({ host, rule, method }: HintEntry, call: HintedCall): boolean {
  return (
    (host === undefined || call.host === host || call.host.startsWith(`${host}.`)) &&
    (rule === undefined || rule === call.index || rule === call.path) &&
    (method === undefined || method === call.method)
  );
}

/** The hints for one call; later entries win member by member. */
export function hintsFor(entries: readonly HintEntry[], call: HintedCall): Hints {
  const fitting = entries.filter((entry) => fitsCall(entry, call));
  return Object.assign({}, ...fitting.map((entry) => hintsOf(entry, call.method))) as Hints;
}

/** What an entry says of one method. Without a method of its own it speaks of content, which HEAD and OPTIONS answers do not carry. */
function hintsOf({ path, query, body, status, marker, method }: HintEntry, of: string): Record<string, unknown> {
  const where = { path, query, body };
  if (method === undefined && of === 'OPTIONS') return defined(where);
  return defined(method === undefined && of === 'HEAD' ? { ...where, status } : { ...where, status, marker });
}

function defined(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

const members = ['host', 'rule', 'method', 'path', 'query', 'body', 'status', 'marker'] as const;
const membersFix = `Members of hints are ${members.join(', ')}.`;

interface ReadHints {
  readonly entries: readonly HintEntry[];
  /** Members that mean nothing, as parts of sentences. */
  readonly strangers: readonly string[];
}

function entriesOf(text: string): ReadHints | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is not JSON';
  }
  if (!Array.isArray(value)) return 'is not a list';
  const entries = value.map((item) => (isJsonObject(item) ? entryOf(item) : undefined));
  const bad = entries.indexOf(undefined);
  if (bad >= 0) return `has an entry [${bad}] that is no set of hints`;
  return {
    entries: entries.filter((entry) => entry !== undefined),
    strangers: value.flatMap((item, index) => strangersIn(item as JsonObject, index)),
  };
}

function strangersIn(item: JsonObject, index: number): string[] {
  const strangers = Object.keys(item).filter((key) => !members.some((member) => member === key));
  return strangers.map((key) => {
    const near = closest(key, members);
    const meant = near === undefined ? '' : ` (did you mean ${JSON.stringify(near)}?)`;
    return `has an entry [${index}] with the unknown member ${JSON.stringify(key.slice(0, maxShown))}${meant}`;
  });
}

/** Characters of an unknown member that a message shows. */
const maxShown = 64;

function entryOf(item: JsonObject): HintEntry | undefined {
  const { rule, path } = item;
  const given = members.filter((key) => item[key] !== undefined);
  const isFit = (key: (typeof members)[number]): boolean =>
    key === 'rule' ? ['string', 'number'].includes(typeof rule) : typeof item[key] === (key === 'status' ? 'number' : 'string');
  if (!given.every(isFit)) return undefined;
  if (typeof path === 'string' && !/^\/[^\s?#]*$/.test(path)) return undefined;
  return Object.fromEntries(given.map((key) => [key, item[key]]));
}
