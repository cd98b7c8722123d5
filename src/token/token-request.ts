import type { Answer } from '../http/answer';
import type { ClientCertificate } from '../http/exchange';
import type { Sender } from '../http/sender';
import type { JsonObject } from '../model/json';
import { clientAssertion } from './client-assertion';
import type { Credentials } from './credentials';
import { readJson } from './fetch-json';
import { grantForm, type Grant } from './grant';
import { pauseBefore, retryAfterSeconds, sleep, type Pause } from '../http/retry';

export type { Pause } from '../http/retry';

/** What a token endpoint said. `reason` stands for everything that is no token. */
export type TokenAnswer =
  | { readonly value: JsonObject; readonly status: 200 }
  | {
      readonly reason: string;
      readonly status?: number;
      /** Member `error`, if it is a plain word. */ readonly error?: string;
      readonly retryAfterSeconds?: number;
    };

/** What a request is made with. */
export interface TokenRequestTools {
  readonly sender: Sender;
  readonly pause?: Pause;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Asks for a token. What may pass is asked again, a refusal never is; only a foreign issuer (one whose credential names a `token_url` and no
 * method) that refuses the secret in the body is asked once more with the secret in the header.
 *
 * @see RFC 6749 section 2.3.1
 */
export async function askTokenEndpoint(
  tools: TokenRequestTools,
  url: string,
  credentials: Credentials,
  grant: Grant,
): Promise<TokenAnswer> {
  const { authentication } = credentials;
  const ask = (method: 'client_secret_post' | 'client_secret_basic'): Promise<TokenAnswer> =>
    patiently(async () => post(tools.sender, url, await requestOf(credentials, grant, method, tools.now())), tools, grant);
  if (authentication.kind !== 'secret' || authentication.method !== undefined)
    return ask(authentication.kind === 'secret' ? (authentication.method ?? 'client_secret_post') : 'client_secret_post');
  const answer = await ask('client_secret_post');
  if ('value' in answer || !isClientRefused(answer) || takesSecretInBody(credentials)) return answer;
  const basic = await ask('client_secret_basic');
  return 'value' in basic ? basic : answer;
}

interface TokenRequest {
  readonly form: Readonly<Record<string, string>>;
  readonly headers: readonly (readonly [string, string])[];
  readonly certificate?: ClientCertificate;
}

async function requestOf(
  credentials: Credentials,
  grant: Grant,
  method: 'client_secret_post' | 'client_secret_basic',
  now: number,
): Promise<TokenRequest> {
  const { clientId, authentication } = credentials;
  const form = grantForm(grant);
  const named = { ...form, client_id: clientId };
  switch (authentication.kind) {
    case 'none':
      return { form: named, headers: [] };
    case 'certificate':
      return { form: named, headers: [], certificate: { certificate: authentication.certificate, key: authentication.key.reveal() } };
    case 'assertion': {
      const assertion = await clientAssertion(credentials, authentication, now);
      const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
      return { form: { ...named, client_assertion_type: type, client_assertion: assertion }, headers: [] };
    }
    case 'secret': {
      const secret = authentication.secret.reveal();
      return method === 'client_secret_post'
        ? { form: { ...named, client_secret: secret }, headers: [] }
        : { form, headers: basicHeaders(clientId, secret) };
    }
  }
}

/** Both halves are form-encoded before base64; the extra header tells UAA so. */
function basicHeaders(clientId: string, secret: string): (readonly [string, string])[] {
  const encode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
  const basic = Buffer.from(`${encode(clientId)}:${encode(secret)}`).toString('base64');
  return [
    ['Authorization', `Basic ${basic}`],
    ['X-CF-Encoded-Credentials', 'true'],
  ];
}

async function post(sender: Sender, url: string, { form, headers, certificate }: TokenRequest): Promise<Answer> {
  const type = [['Content-Type', 'application/x-www-form-urlencoded'] as const, ['Accept', 'application/json'] as const];
  const body = new URLSearchParams(form).toString();
  return sender.send({ method: 'POST', url, headers: [...type, ...headers], body, ...(certificate && { certificate }) });
}

async function patiently(ask: () => Promise<Answer>, { pause = sleep, now }: TokenRequestTools, grant: Grant): Promise<TokenAnswer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask();
    const wait = pauseBefore(answer, tries, { now: now(), onceOnly: grant.kind === 'authorization_code' });
    if (wait === undefined) return tokenAnswer(answer, now());
    await pause(wait);
  }
}

function tokenAnswer(answer: Answer, now: number): TokenAnswer {
  const read = readJson(answer);
  if ('value' in read) return { value: read.value, status: 200 };
  const error = answer.kind === 'answer' ? errorCode(answer.body) : undefined;
  const seconds = retryAfterSeconds(answer, now);
  return { ...read, ...(error === undefined ? {} : { error }), ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }) };
}

function isClientRefused({ status, error }: { status?: number; error?: string }): boolean {
  return status === 401 || (status === 400 && error === 'invalid_client');
}

/** XSUAA, which a credential with nothing but `url` belongs to, is known to read the body: its refusal is about the secret. */
function takesSecretInBody({ issuerUrl, tokenEndpoint }: Credentials): boolean {
  return issuerUrl !== undefined && tokenEndpoint === `${issuerUrl.replace(/\/$/, '')}/oauth/token`;
}

/** @see RFC 6749 section 5.2; the description beside it is free text and may repeat what was sent. */
function errorCode(body: Buffer): string | undefined {
  return /"error"\s*:\s*"([a-z_]{1,40})"/.exec(body.subarray(0, 4096).toString('utf8'))?.[1];
}
