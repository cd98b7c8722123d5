import { randomBytes } from 'node:crypto';
import type { Answer, Sender } from '../http/sender';
import { isJsonObject } from '../model/json';

/** What a token endpoint said to somebody that it cannot know. */
export interface StrangerAnswer {
  /** Who asked, or how. */
  readonly asked: string;
  /** Undefined when nothing was answered. */
  readonly status?: number;
  readonly gaveToken: boolean;
}

/**
 * Asks a token endpoint for what it must not give. Names and secrets are made up for the one run: no client of the issuer is involved, and
 * nothing secret leaves.
 */
export async function askAsStranger(sender: Sender, url: string): Promise<readonly StrangerAnswer[]> {
  const made = randomBytes(8).toString('hex');
  const client = { client_id: `kyma-guard-${made}`, client_secret: randomBytes(16).toString('hex') };
  const post = (form: Readonly<Record<string, string>>): Promise<Answer> =>
    sender.send({
      method: 'POST',
      url,
      headers: [
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['Accept', 'application/json'],
      ],
      body: new URLSearchParams(form).toString(),
    });
  const credentials = { grant_type: 'client_credentials', ...client };
  const questions: readonly (readonly [asked: string, ask: () => Promise<Answer>])[] = [
    ['a client that it cannot know', () => post(credentials)],
    ['a call without a client', () => post({ grant_type: 'client_credentials' })],
    ['a grant that does not exist', () => post({ ...credentials, grant_type: 'kyma-guard' })],
    ['a made-up secret in the URL', () => sender.send({ method: 'GET', url: withQuery(url, credentials) })],
  ];
  const answers: StrangerAnswer[] = [];
  for (const [asked, ask] of questions) answers.push({ asked, ...read(await ask()) });
  return answers;
}

function withQuery(url: string, query: Readonly<Record<string, string>>): string {
  return `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(query).toString()}`;
}

function read(answer: Answer): Omit<StrangerAnswer, 'asked'> {
  if (answer.kind === 'failure') return { gaveToken: false };
  const { status, body } = answer;
  return { status, gaveToken: status < 300 && hasToken(body.toString('utf8')) };
}

function hasToken(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && typeof value['access_token'] === 'string' && value['access_token'] !== '';
  } catch {
    return false;
  }
}
