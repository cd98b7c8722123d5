import { createServer, type IncomingMessage } from 'node:http';
import type { JWK } from 'jose';
import type { JsonObject } from '../../src/model/json';
import { createSigningKey, publicJwks, signToken, type SigningKey } from '../../src/token/sign';
import { serve, type RunningServer } from '../support/http-server';

/** What a test issuer does otherwise than a sound one. */
export interface IssuerDefect {
  /** Replaces the discovery document; a text is sent as HTML. */
  readonly discovery?: (sound: JsonObject) => JsonObject | string;
  /** Replaces the published keys. */
  readonly keys?: (sound: readonly JWK[], secret: JWK) => readonly JWK[];
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
  /** Issuer string of the rules instead of its own address. */
  readonly name?: string;
}

/** An issuer with two clients: `good` has scope and audience of the API, `stranger` has neither. */
export interface TestIssuer extends RunningServer {
  /** Exactly the `iss` of its tokens. */
  readonly issuer: string;
  readonly jwksUri: string;
  readonly key: SigningKey;
  /** Another one, that only another rule trusts. */
  readonly second?: TestIssuer;
}

/** Scope and audience that the API asks for. */
export const granted = { scope: ['orders!t1.Read'], aud: ['orders!t1'] } as const;

/** Starts an issuer in the form of XSUAA. @param key made anew by default; tests share one, because making it takes time */
export async function startIssuer(key: SigningKey, defect: IssuerDefect = {}, hidden?: SigningKey): Promise<TestIssuer> {
  const secret = { ...key.publicJwk, d: 'AQAB' };
  let base = '';
  const issuer = (): string => defect.name ?? `${base}/oauth/token`;
  const jwksUri = (): string => issuer().replace(/\/oauth\/token$/, '/token_keys');
  const server = createServer((request, response) => {
    reply(request).then(
      ([type, body]) => response.writeHead(200, { 'content-type': type }).end(body),
      () => response.destroy(),
    );
  });
  const running = await serve(() => undefined, server);
  base = running.url;

  async function reply(request: IncomingMessage): Promise<[type: string, body: string]> {
    const json = (value: unknown): [string, string] => ['application/json', JSON.stringify(value)];
    if (request.url === '/token_keys')
      return json({ keys: defect.keys?.(publicJwks([key], { pem: true }).keys, secret) ?? publicJwks([key], { pem: true }).keys });
    if (request.url === '/oauth/token') {
      const issued = await token(await bodyOf(request));
      defect.onIssued?.(issued);
      return json({ access_token: issued, token_type: 'bearer', expires_in: defect.lifeSeconds ?? 600 });
    }
    const sound = { issuer: issuer(), jwks_uri: jwksUri(), token_endpoint: `${base}/oauth/token` };
    const document = defect.discovery?.(sound) ?? sound;
    return typeof document === 'string' ? ['text/html', document] : json(document);
  }

  function token(form: string): Promise<string> {
    const client = new URLSearchParams(form).get('client_id') ?? '';
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
