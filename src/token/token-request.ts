import type { Answer } from '../http/answer';
import type { Sender } from '../http/sender';
import type { Credentials } from './credentials';
import { readJson } from './fetch-json';
import type { JsonObject } from '../model/json';

/** Waits so many milliseconds. */
export type Pause = (ms: number) => Promise<void>;

/** What a token endpoint said. `reason` stands for everything that is no token. */
export type TokenAnswer =
  | { readonly value: JsonObject; readonly status: 200 }
  | {
      readonly reason: string;
      readonly status?: number;
      /** Member `error`, if it is a plain word. */ readonly error?: string;
      readonly retryAfterSeconds?: number;
    };

/** Tries in all for trouble that passes; a refusal is never repeated. */
const maxTries = 3;
const connectionPauseMs = 300;
const serverPauseMs = 1000;
/** A longer wait is left to the user. */
const maxRetryAfterSeconds = 10;

/**
 * Asks for a token with the secret in the body, and once more with HTTP Basic when the client is refused.
 *
 * @see RFC 6749 sections 2.3.1 and 4.4.2
 */
export async function askTokenEndpoint(sender: Sender, url: string, credentials: Credentials, pause: Pause = sleep): Promise<TokenAnswer> {
  const answer = await patiently(() => post(sender, url, inBody(credentials)), pause);
  if ('value' in answer || !isClientRefused(answer)) return answer;
  const basic = await patiently(() => post(sender, url, inHeader(credentials)), pause);
  return 'value' in basic ? basic : answer;
}

interface TokenRequest {
  readonly form: Readonly<Record<string, string>>;
  readonly headers: readonly (readonly [string, string])[];
}

function inBody({ clientId, secret }: Credentials): TokenRequest {
  return { form: { grant_type: 'client_credentials', client_id: clientId, client_secret: secret.reveal() }, headers: [] };
}

/** Both halves are form-encoded before base64; the extra header tells UAA so. */
function inHeader({ clientId, secret }: Credentials): TokenRequest {
  const encode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
  const basic = Buffer.from(`${encode(clientId)}:${encode(secret.reveal())}`).toString('base64');
  const headers = [['Authorization', `Basic ${basic}`] as const, ['X-CF-Encoded-Credentials', 'true'] as const];
  return { form: { grant_type: 'client_credentials' }, headers };
}

async function post(sender: Sender, url: string, { form, headers }: TokenRequest): Promise<Answer> {
  const type = [['Content-Type', 'application/x-www-form-urlencoded'] as const, ['Accept', 'application/json'] as const];
  return sender.send({ method: 'POST', url, headers: [...type, ...headers], body: new URLSearchParams(form).toString() });
}

async function patiently(ask: () => Promise<Answer>, pause: Pause): Promise<TokenAnswer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask();
    const wait = tries < maxTries ? pauseBefore(answer, tries) : undefined;
    if (wait === undefined) return tokenAnswer(answer);
    await pause(wait);
  }
}

/** Milliseconds until the next try; undefined when there is none. */
function pauseBefore(answer: Answer, tries: number): number | undefined {
  if (answer.kind === 'failure') return ['reset', 'refused', 'dns'].includes(answer.reason) ? connectionPauseMs : undefined;
  if (answer.status === 500 || answer.status === 503) return serverPauseMs;
  const seconds = answer.status === 429 && tries === 1 ? retryAfter(answer) : undefined;
  return seconds !== undefined && seconds <= maxRetryAfterSeconds ? seconds * 1000 : undefined;
}

function tokenAnswer(answer: Answer): TokenAnswer {
  const read = readJson(answer);
  if ('value' in read) return { value: read.value, status: 200 };
  const error = answer.kind === 'answer' ? errorCode(answer.body) : undefined;
  const retryAfterSeconds = retryAfter(answer);
  return { ...read, ...(error === undefined ? {} : { error }), ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}

function isClientRefused({ status, error }: { status?: number; error?: string }): boolean {
  return status === 401 || (status === 400 && error === 'invalid_client');
}

/** @see RFC 6749 section 5.2; the description beside it is free text and may repeat what was sent. */
function errorCode(body: Buffer): string | undefined {
  return /"error"\s*:\s*"([a-z_]{1,40})"/.exec(body.subarray(0, 4096).toString('utf8'))?.[1];
}

function retryAfter(answer: Answer): number | undefined {
  const text = answer.kind === 'answer' ? answer.headers['retry-after'] : undefined;
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
