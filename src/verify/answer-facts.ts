import { hash as digestOf } from 'node:crypto';
import type { Answer, FailureReason } from '../http/answer';
import { isJsonObject } from '../model/json';
import { turnsAway } from './denial-text';
import { plainBody } from './plain-body';

/** What is kept of an answer: enough to compare it, never the body itself. */
export interface AnswerFacts {
  readonly kind: 'answer';
  readonly status: number;
  /** Content type without parameters, lower case. */
  readonly mediaType: string;
  readonly form: 'empty' | 'json' | 'html' | 'text' | 'binary';
  /** Bytes of the body; for HEAD what Content-Length promises. */
  readonly length: number;
  /** First 16 hex digits of the body's SHA-256. */
  readonly digest: string;
  /** Key paths of a JSON body, as numbers that mean nothing outside this run. */
  readonly keys: ReadonlySet<number>;
  /** Values with their key path, or lines of a text, as such numbers. */
  readonly leaves: ReadonlySet<number>;
  /** The body says that something went wrong, whatever the status is. */
  readonly errorLike: boolean;
  /** What gRPC calls the outcome: `7` is permission denied, `16` is unauthenticated. @default - it is no answer of gRPC */
  readonly grpcStatus?: string;
  /** The body turns its caller away, or asks to sign in, whatever the status is. Data may look so by chance. */
  readonly turnsAway: boolean;
  /** True when the marker of the route stands in the body. */
  readonly marked: boolean;
  /** Body of a refusal, at most 200 bytes of it; empty for every other answer, and for all to callers who may see more. */
  readonly refusalText: string;
  /** Path of a Location header. */
  readonly location?: string;
  /** Where a Location header leads, to be compared: host and path, what may be made for the one call as a star. */
  readonly leadsTo?: string;
  readonly headerNames: readonly string[];
  readonly head: boolean;
}

/** No HTTP answer came. */
export interface NoAnswer {
  readonly kind: 'failure';
  readonly reason: FailureReason;
  /** For people: the reason with the code of the network stack. @default - none, nothing was sent */
  readonly message?: string;
}

export type Facts = AnswerFacts | NoAnswer;

/** Facts that may be shown although the answer may hold what only its caller may see. */
export function withoutText(facts: Facts): Facts {
  return facts.kind === 'answer' ? { ...facts, refusalText: '' } : facts;
}

/** gRPC says what became of a call beside a status of success. @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md "Responses" */
function grpcFacts(status: string | undefined): Partial<Pick<AnswerFacts, 'grpcStatus' | 'errorLike'>> {
  return status === undefined ? {} : { grpcStatus: status, ...(status !== '0' && { errorLike: true }) };
}

const maxLeaves = 400;
const maxDepth = 12;

const emptyDigest = digestOf('sha256', '');

/** Reduces an answer to its facts. @param marker text that only the good answer holds */
export function factsOf(answer: Answer, method: string, marker?: string): Facts {
  if (answer.kind === 'failure') return { kind: 'failure', reason: answer.reason, message: answer.message };
  const { headers, status } = answer;
  const body = plainBody(answer.body, headers['content-encoding']);
  const mediaType = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const readText = (): string => (body.length === 0 || isBinary(mediaType) ? '' : body.toString('utf8'));
  const digest = body.length === 0 ? emptyDigest : digestOf('sha256', body);
  const head = method.toUpperCase() === 'HEAD';
  const location = locationOf(headers['location']);
  return {
    kind: 'answer',
    status,
    mediaType,
    ...contentOnce(digest, mediaType, () => contentOf(readText(), mediaType, body)),
    ...grpcFacts(headers['grpc-status']),
    length: head ? Number(headers['content-length'] ?? 0) || 0 : body.length,
    digest: digest.slice(0, 16),
    marked: marker !== undefined && marker !== '' && readText().includes(marker),
    refusalText: status >= 400 ? withoutLongWords(body.subarray(0, 200).toString('utf8')) : '',
    ...(location === undefined ? {} : { location: withoutLongWords(location.pathname), leadsTo: comparable(location) }),
    headerNames: namesOnce(Object.keys(headers)),
    head,
  };
}

/** Where texts without line breaks come apart: a page at its tags, JSON that is cut off at its members. */
const separators = { markup: /[\n<]/, json: /[\n,]/ } as const;

type Content = Pick<AnswerFacts, 'form' | 'keys' | 'leaves' | 'errorLike' | 'turnsAway'>;

/** Contents that are remembered: a gateway says one thing to hundreds of attacks. */
const mostContents = 64;

const contents = new Map<string, Content>();

/** @param digest whole SHA-256 of the body, which is not kept itself */
function contentOnce(digest: string, mediaType: string, make: () => Content): Content {
  const key = `${digest} ${mediaType}`;
  const known = contents.get(key);
  if (known) return known;
  const content = make();
  if (contents.size >= mostContents) contents.clear();
  contents.set(key, content);
  return content;
}

const nameLists = new Map<string, readonly string[]>();

/** The same list for the same names: it is kept with every answer, and a gateway knows few. */
function namesOnce(names: readonly string[]): readonly string[] {
  const key = names.join();
  const known = nameLists.get(key);
  if (known) return known;
  if (nameLists.size >= mostContents) nameLists.clear();
  nameLists.set(key, names);
  return names;
}

function contentOf(text: string, mediaType: string, body: Buffer): Content {
  const nothing = { keys: new Set<number>(), leaves: new Set<number>(), errorLike: false, turnsAway: false };
  if (body.length === 0) return { form: 'empty', ...nothing };
  if (text === '') return { form: 'binary', ...nothing };
  const json = mediaType.includes('json') || /^\s*[[{]/.test(text) ? parse(text) : undefined;
  if (json !== undefined) return { form: 'json', ...walk(json), errorLike: isErrorObject(json), turnsAway: turnsAway(text, 'json', json) };
  const form = mediaType.includes('html') || /^\s*<(!doctype|html)/i.test(text) ? 'html' : 'text';
  const lines = text
    .split(form === 'html' || /^\s*</.test(text) ? separators.markup : /^\s*[[{]/.test(text) ? separators.json : '\n', maxLeaves)
    .map((line) => line.trim());
  return {
    form,
    ...nothing,
    leaves: new Set(lines.filter((line) => line !== '').map(hash)),
    errorLike: form === 'text' && isErrorText(text),
    turnsAway: turnsAway(text, form),
  };
}

function walk(root: unknown): Pick<Content, 'keys' | 'leaves'> {
  const keys = new Set<number>();
  const leaves = new Set<number>();
  const visit = (value: unknown, path: string, depth: number): void => {
    if (leaves.size >= maxLeaves || depth > maxDepth) return;
    if (Array.isArray(value)) for (const item of value) visit(item, `${path}[]`, depth + 1);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        keys.add(hash(`${path}.${key}`));
        visit(member, `${path}.${key}`, depth + 1);
      }
    } else leaves.add(hash(`${path}=${String(value)}`));
  };
  visit(root, '', 0);
  return { keys, leaves };
}

/** FNV-1a over UTF-16 units: fast, and only ever compared within one run. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

const errorKeys = ['error', 'errors', 'error_description', 'fault', 'exception'];

function isErrorObject(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  if (errorKeys.some((key) => !isNothing(value[key]))) return !Object.entries(value).some(isData);
  return (
    Object.keys(value).length <= 3 &&
    [value['message'], value['detail'], value['title']].some((text) => typeof text === 'string' && isErrorText(text))
  );
}

/** Members that come along with an error and are no data. */
const errorDetails = new Set([...errorKeys, 'details', 'extensions', 'meta', 'links', '_links', 'info', 'request', 'headers']);

function isData([key, value]: [string, unknown]): boolean {
  return !errorDetails.has(key) && typeof value === 'object' && !isNothing(value);
}

function isNothing(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === false || value === '' || value === 0;
}

function isErrorText(text: string): boolean {
  return (
    text.length < 400 &&
    /\b(unauthori[sz]ed|forbidden|access denied|not allowed|not authenticated|authentication required|invalid token|not found)\b/i.test(
      text,
    )
  );
}

function isBinary(mediaType: string): boolean {
  return /^(image|audio|video|font)\/|octet-stream|zip|pdf/.test(mediaType);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function locationOf(header: string | undefined): URL | undefined {
  return header !== undefined && URL.canParse(header, 'http://host') ? new URL(header, 'http://host') : undefined;
}

/** Query and fragment change with every call, and so do the names of single files, orders and states in the path. */
function comparable({ host, pathname }: URL): string {
  const segments = pathname.split('/').map((segment) => (/\d/.test(segment) || segment.length > 20 ? '*' : segment));
  return `${host}${segments.join('/')}`;
}

/** A target may repeat the token it was sent: no word as long as a part of one is kept. */
function withoutLongWords(text: string): string {
  return text.replace(/[\w+/=.-]{32,}/g, '[…]');
}
