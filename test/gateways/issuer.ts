import { createServer, type IncomingMessage } from 'node:http';
import type { JWK } from 'jose';
import type { JsonObject } from '../../src/model/json';
import { createSigningKey, publicJwks, signToken, type SigningKey } from '../../src/token/sign';
import { serve, type RunningServer } from '../support/http-server';
import type { Reply } from './gateway';

/** What a test issuer does otherwise than a sound one. */
export interface IssuerDefect {
  /** Replaces the discovery document; a text is sent as HTML. */
  readonly discovery?: (sound: JsonObject) => JsonObject | string;
  /** Replaces the published keys. */
  readonly keys?: (sound: readonly JWK[], secret: JWK, hidden: SigningKey | undefined) => readonly JWK[];
  /** Changes the claims of every token; null takes one out. */
  readonly claims?: JsonObject;
  /** Signs with a key that it does not publish. @default false */
  readonly signsWithHiddenKey?: boolean;
  /** Seconds that its tokens last. @default 600 */
  readonly lifeSeconds?: number;
  /** Called before each token; an error in it closes the connection. @default - nothing happens */
  readonly onToken?: (client: string) => void;
  /** Told each token. @default - nobody is */
  readonly onIssued?: (token: string) => void;
  /** Gives an ID token with each token. @default false */
  readonly idToken?: boolean;
  /** What it says to clients that it does not know. @default - 401 */
  readonly toStrangers?: Reply;
  /** Issuer string of the rules instead of its own address. */
  readonly name?: string;
}

/** An issuer with two clients: `good` has scope and audience of the API, `stranger` has neither. */
export interface TestIssuer extends RunningServer {
  /** Exactly the `iss` of its tokens. */
  readonly issuer: string;
  readonly jwksUri: string;
  readonly key: SigningKey;
  /** A key that it has published once. */
  readonly withdrawn?: SigningKey;
  /** Another one, that only another rule trusts. */
  readonly second?: TestIssuer;
}

/** Scope and audience that the API asks for. */
export const granted = { scope: ['orders!t1.Read'], aud: ['orders!t1'] } as const;

/** The same of an API that asks for several. */
export const severalGranted = { scope: ['orders!t1.Read', 'orders!t1.List'], aud: ['orders!t1', 'lists!t1'] } as const;

/** Starts an issuer in the form of XSUAA. @param key made anew by default; tests share one, because making it takes time */
export async function startIssuer(key: SigningKey, defect: IssuerDefect = {}, hidden?: SigningKey): Promise<TestIssuer> {
  const secret = { ...key.publicJwk, d: 'AQAB' };
  let base = '';
  const issuer = (): string => defect.name ?? `${base}/oauth/token`;
  const jwksUri = (): string => issuer().replace(/\/oauth\/token$/, '/token_keys');
  const server = createServer((request, response) => {
    reply(request).then(
      ([type, body, status = 200]) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.destroy(),
    );
  });
  const running = await serve(() => undefined, server);
  base = running.url;

  async function reply(request: IncomingMessage): Promise<Answer> {
    const json = (value: unknown): Answer => ['application/json', JSON.stringify(value)];
    if (request.url === '/token_keys')
      return json({ keys: defect.keys?.(publicJwks([key], { pem: true }).keys, secret, hidden) ?? publicJwks([key], { pem: true }).keys });
    if (request.url?.startsWith('/oauth/token')) return tokenReply(request);
    const sound = { issuer: issuer(), jwks_uri: jwksUri(), token_endpoint: `${base}/oauth/token` };
    const document = defect.discovery?.(sound) ?? sound;
    return typeof document === 'string' ? ['text/html', document] : json(document);
  }

  async function tokenReply(request: IncomingMessage): Promise<Answer> {
    const client = clientOf(request, await bodyOf(request));
    if (isMadeUp(client)) {
      const { status, type = 'application/json', body = '{"error":"invalid_client"}' } = defect.toStrangers ?? { status: 401 };
      return [type, body, status];
    }
    const issued = await token(client);
    defect.onIssued?.(issued);
    const now = Math.floor(Date.now() / 1000);
    const about = { iss: issuer(), sub: client, aud: [client], nonce: 'n-0S6_WzA2Mj', iat: now, exp: now + 600 };
    return [
      'application/json',
      JSON.stringify({
        ...{ access_token: issued, token_type: 'bearer', expires_in: defect.lifeSeconds ?? 600 },
        ...(defect.idToken && { id_token: await signToken(key, { claims: about }) }),
      }),
    ];
  }

  function token(client: string): Promise<string> {
    defect.onToken?.(client);
    const now = Math.floor(Date.now() / 1000);
    const rights = client === 'good' ? { scope: [...granted.scope], aud: [...granted.aud] } : { aud: ['other'] };
    const claims = {
      iss: issuer(),
      sub: client,
      client_id: client,
      iat: now,
      exp: now + (defect.lifeSeconds ?? 600),
      ...rights,
      ...defect.claims,
    };
    return signToken(defect.signsWithHiddenKey && hidden ? hidden : key, { claims: withoutNulls(claims) });
  }

  return { ...running, issuer: issuer(), jwksUri: jwksUri(), key };
}

type Answer = readonly [type: string, body: string, status?: number];

/** Names are its own to give, and those of its clients begin otherwise. */
const isMadeUp = (client: string): boolean => client === '' || client.startsWith('kyma-guard-');

/** Credentials in the URL are none. */
function clientOf({ method, headers }: IncomingMessage, form: string): string {
  const [, basic = ''] = (headers.authorization ?? '').split('Basic ');
  const named =
    new URLSearchParams(form).get('client_id') ?? decodeURIComponent(Buffer.from(basic, 'base64').toString().split(':')[0] ?? '');
  return method === 'POST' ? named : '';
}

/** A service key of one of its clients. */
export function serviceKey({ url, issuer }: TestIssuer, client: 'good' | 'stranger'): string {
  return JSON.stringify({ clientid: client, clientsecret: `secret-of-${client}`, url, token_url: `${url}/oauth/token`, issuer });
}

/** A key for issuers of one test file. */
export function createIssuerKey(): Promise<SigningKey> {
  return createSigningKey();
}

function withoutNulls(claims: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
