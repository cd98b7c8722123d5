import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { JsonValue } from '../model/json';
import { createSigningKey, publicJwks, signToken, type SigningKey } from '../token/sign';
import { claimsOf, tokenLifeSeconds } from './issuer-claims';
import { issuerPaths } from './issuer-paths';
import type { IssuerPlan } from './issuer-plan';
import { closeServer, listen } from './listen';
import { readBody } from './read-body';
import { tokenRequest, type Client } from './token-endpoint';

/** An issuer that runs on this machine in place of the real one. */
export interface LocalIssuer {
  readonly plan: IssuerPlan;
  /** Where its discovery, token and key endpoints are; their paths are those of the real issuer. */
  readonly base: string;
  readonly accepted: Client;
  readonly refused?: Client;
  /** Newest first; the newest signs. */
  readonly keys: () => readonly SigningKey[];
  /** Makes a new signing key; the one before stays published, older ones go. */
  rotateKeys(): Promise<void>;
  /** While down, every connection is closed without an answer. */
  setDown(down: boolean): void;
  readonly isDown: () => boolean;
  close(): Promise<void>;
}

/** What all requests to one issuer share. */
interface State {
  readonly plan: IssuerPlan;
  readonly clients: readonly Client[];
  keys: readonly SigningKey[];
  base: string;
}

/** How an issuer starts. */
export interface IssuerOptions {
  /** @default false */
  readonly down?: boolean;
  /** Called after a rotation. @default - nothing happens */
  readonly onRotate?: () => Promise<void>;
}

/** Starts an issuer on a free port of 127.0.0.1. */
export async function startIssuer(plan: IssuerPlan, options: IssuerOptions = {}): Promise<LocalIssuer> {
  const accepted = { plan: plan.accepted, secret: newSecret() };
  const refused = plan.refused && { plan: plan.refused, secret: newSecret() };
  const state: State = { plan, clients: refused ? [accepted, refused] : [accepted], keys: [await newKey(plan, 1)], base: '' };
  let made = 1;
  const rotateKeys = async (): Promise<void> => {
    made += 1;
    state.keys = [await newKey(plan, made), ...state.keys.slice(0, 1)];
    await options.onRotate?.();
  };
  const server = createServer((request, response) => {
    answer(state, rotateKeys, request, response).catch(() => response.destroy());
  });
  const door = doorOf(server, options.down ?? false);
  state.base = await listen(server);
  const close = (): Promise<void> => closeServer(server);
  return { plan, base: state.base, accepted, ...(refused && { refused }), keys: () => state.keys, rotateKeys, ...door, close };
}

/** Lets connections in or closes them at once. */
function doorOf(server: Server, down: boolean): Pick<LocalIssuer, 'setDown' | 'isDown'> {
  const door = { down, sockets: new Set<Socket>() };
  server.on('connection', (socket) => {
    if (door.down) socket.destroy();
    door.sockets.add(socket);
    socket.once('close', () => door.sockets.delete(socket));
  });
  const setDown = (wanted: boolean): void => {
    door.down = wanted;
    if (wanted) for (const socket of door.sockets) socket.destroy();
  };
  return { setDown, isDown: () => door.down };
}

async function answer(state: State, rotate: () => Promise<void>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const paths = issuerPaths(state.plan);
  if (paths.token.includes(path)) await answerToken(state, request, response);
  else if (path === '/kyma-guard/rotate-keys' && request.method === 'POST') {
    await rotate();
    response.writeHead(204).end();
  } else if (request.method !== 'GET' && request.method !== 'HEAD')
    send(response, 405, { error: 'method_not_allowed' }, { allow: 'GET, HEAD' });
  else if (paths.keys.includes(path))
    send(response, 200, { keys: publicJwks(state.keys, { pem: state.plan.form === 'xsuaa' }).keys as JsonValue });
  else if (paths.discovery.includes(path)) send(response, 200, discoveryOf(state.plan));
  else send(response, 404, { error: 'not_found' });
}

/** The document speaks of the real addresses: it is compared with the manifests character by character. */
function discoveryOf({ issuer, jwksUris, tokenEndpoint }: IssuerPlan): JsonValue {
  return {
    issuer,
    token_endpoint: tokenEndpoint,
    jwks_uri: jwksUris[0] ?? '',
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

async function answerToken(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') {
    send(response, 405, { error: 'invalid_request', error_description: 'POST is expected' }, { allow: 'POST' });
    return;
  }
  const verdict = tokenRequest(state.clients, request.headers, await readBody(request, 65_536));
  if ('error' in verdict) {
    const challenge = verdict.status === 401 ? { 'www-authenticate': 'Basic realm="UAA/client"' } : {};
    send(response, verdict.status, { error: verdict.error, error_description: verdict.description }, challenge);
    return;
  }
  const { form, issuer } = state.plan;
  const id = crypto.randomUUID();
  const claims = claimsOf({ form, issuer, client: verdict.client.plan, scopes: verdict.scopes, now: Math.floor(Date.now() / 1000), id });
  const [key] = state.keys;
  if (!key) throw new TypeError('an issuer has at least one key');
  const header = form === 'xsuaa' ? { jku: state.plan.jwksUris[0] ?? '' } : {};
  const token = await signToken(key, { claims, header });
  const about = { token_type: 'bearer', expires_in: tokenLifeSeconds - 1, scope: verdict.scopes.join(' '), jti: id };
  send(response, 200, { access_token: token, ...about });
}

function send(response: ServerResponse, status: number, body: JsonValue, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store', ...headers });
  response.end(text);
}

function newKey({ form }: IssuerPlan, count: number): Promise<SigningKey> {
  return createSigningKey(form === 'xsuaa' ? { kid: `default-jwt-key-${count}` } : {});
}

/** XSUAA's secrets hold characters that clients forget to encode; so do these. */
function newSecret(): string {
  return `${crypto.randomUUID()}$+/=`;
}
