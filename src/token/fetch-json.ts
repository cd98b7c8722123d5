import { IssuerUnreachableError } from '../model/errors';
import { isJsonObject, type JsonObject } from '../model/json';
import type { Answer } from '../http/answer';
import type { Sender } from '../http/sender';

/** A JSON object as it was published. */
export interface Published {
  readonly value: JsonObject;
  readonly text: string;
}

/** What came back instead of a JSON object, as a part of a sentence. */
export interface NotPublished {
  readonly reason: string;
  /** Absent when there was no HTTP answer. */
  readonly status?: number;
  /** Asking the same server for another path would end the same way, and take as long. */
  readonly isFinal?: true;
}

/** Asks for a JSON object; redirects are not followed. Never throws for what the other side does. */
export async function fetchJson(sender: Sender, url: string): Promise<Published | NotPublished> {
  if (!isPlainUrl(url)) return { reason: 'is no http(s) URL without credentials' };
  return readJson(await sender.send({ method: 'GET', url, headers: [['Accept', 'application/json']] }));
}

/** Reads an answer as a JSON object. */
export function readJson(answer: Answer): Published | NotPublished {
  if (answer.kind === 'failure') return { reason: `gave no answer: ${answer.message}`, isFinal: true };
  const { status } = answer;
  if (status >= 300 && status < 400) return { reason: `redirects (status ${status}), which is not followed`, status };
  if (status !== 200) return { reason: `answered with status ${status}`, status };
  if (answer.truncated) return { reason: 'answered with a body that is too large or breaks off', status, isFinal: true };
  if (answer.body.length === 0) return { reason: 'answered with an empty body', status };
  return parseObject(answer.body.toString('utf8'), status);
}

/** The error that stands for a place where nothing usable was. @param what such as `the key set at`. @param at where it was asked for, if elsewhere */
export function unreachable(what: string, url: string, { reason }: NotPublished, at?: string): IssuerUnreachableError {
  const elsewhere = at === undefined ? '' : ` (asked at ${withoutQuery(at).replace(/\/$/, '')})`;
  return new IssuerUnreachableError(`${what} ${withoutQuery(url)}${elsewhere} ${reason}`);
}

/** URLs end up in logs: without query, fragment and credentials. */
export function withoutQuery(url: string): string {
  if (!URL.canParse(url)) return JSON.stringify(url.slice(0, 100));
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

function parseObject(text: string, status: number): Published | NotPublished {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? { value, text } : { reason: 'answered with JSON that is no object', status };
  } catch {
    return { reason: /^\s*</.test(text) ? 'answered with HTML or XML, not JSON' : 'answered with something that is not JSON', status };
  }
}
