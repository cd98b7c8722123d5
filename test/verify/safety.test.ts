import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { VerifyOptions } from '../../src/verify/verify-input';
import { acceptingBoth, certificate } from '../gateways/tls-front';
import { startIssuer, type TestIssuer } from '../gateways/issuer';
import { checkSigned } from '../gateways/token-verifier';
import { withOwnClock } from '../support/held-timeouts';
import { serve, type RunningServer } from '../support/http-server';
import { createDeploymentKeys, manifestOf, verifyAt } from '../support/verify-deployment';

interface Recorded {
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly isEncrypted: boolean;
}

let issuer: TestIssuer;
let recorded: Recorded[];
/** Requests that were under way at once. */
let most: number;
/** Addresses that a connection was opened to, and names that were looked up on the way. */
let peers: Set<string>;
let valid: Set<string>;

beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
});
beforeEach(() => {
  recorded = [];
  most = 0;
  peers = new Set();
  valid = new Set();
});
afterAll(() => issuer.close());

/** Keeps every request; lets everybody in, or whom a sound gateway lets in. */
async function recordingTarget(isOpen: boolean, isSecure = false): Promise<RunningServer> {
  let running = 0;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    running += 1;
    most = Math.max(most, running);
    response.on('close', () => (running -= 1));
    const { method = '', url = '', rawHeaders } = request;
    recorded.push({ at: performance.now(), method, url, headers: rawHeaders, isEncrypted: 'encrypted' in request.socket });
    const token = /^Bearer (ey.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const say = (status: number, body = ''): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    if (!/^\/(orders|items)/.test(url)) return say(404);
    if (isOpen) return say(200, '{"orders":[4711]}');
    if (token === undefined) return say(403);
    void checkSigned(token, issuer).then((claims) => (claims?.scope === undefined ? say(401) : say(200, '{"orders":[4711]}')));
  };
  if (!isSecure) return serve(() => undefined, createServer(listener));
  // It hears plain HTTP at the same port as well.
  return acceptingBoth(createHttpsServer(certificate(), listener), createServer(listener));
}

const rules = (jwt: object): object[] => [
  { path: '/orders', methods: ['GET', 'POST', 'PUT', 'PATCH'], jwt },
  { path: '/items/{*}', methods: ['GET', 'DELETE'], jwt },
];

/** A run with the settings for remote targets, of which loopback is treated as one. */
async function remoteRun(isOpen: boolean, options: VerifyOptions = {}, isSecure = false): Promise<void> {
  const target = await recordingTarget(isOpen, isSecure);
  const watch = (message: unknown): void => {
    const { socket } = message as { socket: Socket };
    socket.once('connect', () => peers.add(`${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`));
    socket.once('lookup', (_, address, __, name) => (address === '127.0.0.1' ? undefined : peers.add(`${name} ${address}`)));
  };
  subscribe('net.client.socket', watch);
  try {
    const tools = { pause: () => Promise.resolve(), learn: (secret: string) => void valid.add(secret) };
    await verifyAt(target.url, issuer, { gentle: true, insecureTls: isSecure, ...options }, manifestOf(rules, issuer), tools);
  } finally {
    unsubscribe('net.client.socket', watch);
    await target.close();
  }
  const allowed = [`127.0.0.1:${issuer.port}`, `127.0.0.1:${target.port}`];
  expect([...peers].filter((peer) => !allowed.includes(peer))).toEqual([]);
  expect(peers.size).toBeGreaterThan(0);
}

const quick = { rate: 100_000, profile: 'full' } as const;
const isWrite = ({ method }: Recorded): boolean => !['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method.toUpperCase());

test('an open route gets no second request that could change something', async () => {
  await remoteRun(true, quick);
  const perRoute = new Map<string, number>();
  for (const { method, url } of recorded.filter(isWrite)) {
    const route = `${method} ${url.replace(/kyma-guard-\w+/, '{*}').replace(/\?.*/, '')}`;
    perRoute.set(route, (perRoute.get(route) ?? 0) + 1);
  }
  expect(recorded.length).toBeGreaterThan(50);
  expect([...perRoute].filter(([, count]) => count > 1)).toEqual([]);
});

test('a DELETE names only what does not exist', async () => {
  await remoteRun(false, quick);
  const deletes = recorded.filter(({ method }) => method === 'DELETE').map(({ url }) => url);
  expect(deletes.length).toBeGreaterThan(0);
  expect(deletes.filter((url) => !/\/kyma-guard-[0-9a-f]{8}(\?|$)/.test(url))).toEqual([]);
});

test.each([
  ['clear text on loopback', false],
  ['TLS', true],
])('a valid token travels in the Authorization header only (%s)', async (_, isSecure) => {
  await remoteRun(false, quick, isSecure);
  const tokens = [...valid].filter((text) => text.startsWith('ey'));
  expect(tokens.length).toBeGreaterThan(0);
  const carries = (text: string): boolean =>
    tokens.some(
      (token) =>
        text.includes(token) ||
        text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))).includes(token),
    );
  const carried = recorded.filter(({ headers }) => headers.some((text, i) => i % 2 === 1 && carries(text)));
  expect(carried.length).toBeGreaterThan(0);
  const elsewhere = recorded.filter(
    ({ url, headers }) =>
      carries(url) || headers.some((text, i) => i % 2 === 1 && headers[i - 1]?.toLowerCase() !== 'authorization' && carries(text)),
  );
  expect(elsewhere).toEqual([]);
  expect(carried.filter(({ isEncrypted }) => isSecure && !isEncrypted)).toEqual([]);
  // Beside TLS the plain port was asked as well, by whoever has no token.
  expect(recorded.some(({ isEncrypted }) => isSecure && !isEncrypted)).toBe(isSecure);
});

test('the rate for remote targets holds: five requests start in a second, two are under way', async () => {
  await withOwnClock(() => remoteRun(false, { profile: 'smoke', only: ['GET */orders'], timeoutMs: 600_000 }));
  const times = recorded.map(({ at }) => at);
  expect(times.length).toBeGreaterThan(8);
  // A packet may come some turns after it was sent.
  expect(((times.length - 1) / ((times.at(-1) ?? 0) - (times[0] ?? 0))) * 1000).toBeLessThan(5.2);
  expect(Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 950).length))).toBeLessThanOrEqual(5);
  expect(most).toBeLessThanOrEqual(2);
});
