import { randomBytes, randomUUID } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createServer, type ServerResponse } from 'node:http';
import { exitCodeOf } from '../../src/cli/exit-code';
import type { VerifyOptions } from '../../src/verify/verify-input';
import { soundDecisions } from '../gateways/gateway';
import { startIssuer, type TestIssuer } from '../gateways/issuer';
import { checkSigned } from '../gateways/token-verifier';
import { timeOutOnceRead, withTimeoutsHeld } from '../support/held-timeouts';
import { serve } from '../support/http-server';
import { byId, createDeploymentKeys, host, manifestFor, raisedBy, verifyAt } from '../support/verify-deployment';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
});
afterAll(() => issuer.close());

type Body = readonly [headers: Record<string, string>, write: (response: ServerResponse) => void];

const json = { 'content-type': 'application/json' };
const orders = (): string => JSON.stringify({ orders: [{ id: 4711, buyer: 'Ada' }], trace: randomUUID(), at: process.hrtime().join('.') });
const page = (text: string): string =>
  `<!doctype html><html><head><meta name="csrf" content="${randomUUID()}"></head><body><h1>${text}</h1><p>Shop</p></body></html>`;
const end =
  (body: () => string | Buffer): Body[1] =>
  (response) =>
    void response.end(body());

/** What the workload says to whom it answers; every call says it anew. */
const workloads: Readonly<Record<string, Body>> = {
  'JSON with a trace id': [json, end(orders)],
  gzip: [{ ...json, 'content-encoding': 'gzip' }, end(() => gzipSync(orders()))],
  brotli: [{ ...json, 'content-encoding': 'br' }, end(() => brotliCompressSync(orders()))],
  deflate: [{ ...json, 'content-encoding': 'deflate' }, end(() => deflateSync(orders()))],
  'gzip that is none': [{ ...json, 'content-encoding': 'gzip' }, end(orders)],
  'a gzip bomb': [{ ...json, 'content-encoding': 'gzip' }, end(() => gzipSync(Buffer.alloc(20_000_000)))],
  chunks: [
    json,
    (response) => {
      for (const part of orders().split(/(?=,)/)) response.write(part);
      response.end();
    },
  ],
  'an empty body': [{}, end(() => '')],
  'the same bytes': [{ 'content-type': 'image/png' }, end(() => Buffer.from([0x89, 0x50, 0, 0xff, 0xfe]))],
  'other bytes in every call': [{ 'content-type': 'application/octet-stream' }, end(() => randomBytes(64))],
  'one random word': [{ 'content-type': 'text/plain' }, end(() => randomUUID())],
  'a page in one line': [{ 'content-type': 'text/html' }, end(() => page('Orders of Ada'))],
  'JSON larger than what is read': [
    json,
    end(() => JSON.stringify({ at: randomUUID(), list: Array.from({ length: 30_000 }, (_, id) => ({ id })) })),
  ],
  'a stream without end': [
    { 'content-type': 'text/event-stream' },
    (response) => {
      response.write(`data: ${randomUUID()}\n\n`);
      timeOutOnceRead(response.socket!);
    },
  ],
};

/** What everybody gets elsewhere. */
const strangers: Readonly<Record<string, Body>> = {
  nothing: [{ ':status': '404' }, end(() => '')],
  'an error in gzip': [
    { ':status': '404', ...json, 'content-encoding': 'gzip' },
    end(() => gzipSync(JSON.stringify({ error: 'not found', id: randomUUID() }))),
  ],
  'the page of an application': [{ ':status': '200', 'content-type': 'text/html' }, end(() => page('Welcome'))],
};

/** A gateway with such bodies; a leaking one forwards GET /orders?… and other spellings of it to whom it does not know. */
async function verifyBodies(workload: Body, stranger: Body, leaks: boolean, options: VerifyOptions = {}) {
  const gateway = await serve(
    () => undefined,
    createServer((request, response) => {
      request.resume();
      const send = ([{ ':status': status = '200', ...headers }, write]: Body): void => write(response.writeHead(Number(status), headers));
      const refuse = (status: number, text: string): void => void response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
      const [path = ''] = (request.url ?? '').split('?');
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
      if (request.method !== 'GET') return refuse(405, 'no');
      if (path === '/orders/' && leaks) return send(workload);
      if (path === '/healthz') return refuse(200, 'up');
      if (path !== '/orders') return send(stranger);
      if (token === undefined) return refuse(403, 'RBAC: access denied');
      void checkSigned(token, issuer).then((claims) =>
        claims && soundDecisions(issuer).authorize(claims) ? send(workload) : refuse(claims ? 403 : 401, 'RBAC: access denied'),
      );
    }),
  );
  try {
    return await verifyAt(gateway.url, issuer, { only: [`GET ${host}/orders`], ...options }, manifestFor(issuer));
  } finally {
    await gateway.close();
  }
}

/** Each body beside one of the answers to strangers; together they are all met. */
const pairs = Object.keys(workloads)
  .filter((name) => name !== 'a stream without end')
  .map((name, i) => [name, Object.keys(strangers)[(i + 2) % 3]!] as const);

test.each([...pairs, ['a page in one line', 'the page of an application'] as const])(
  'a sound route is proven whose workload answers with %s, while strangers get %s',
  async (workload, stranger) => {
    const outcome = await verifyBodies(workloads[workload]!, strangers[stranger]!, false);
    expect(raisedBy(outcome)).toEqual([]);
    expect([byId(outcome, 'protected')[0]?.status, exitCodeOf(outcome)]).toEqual(['pass', 0]);
  },
);

test.each(pairs.filter(([workload]) => workload !== 'an empty body'))(
  'a spelling that leads past the gateway is found when it answers with %s, while strangers get %s',
  async (workload, stranger) => {
    const outcome = await verifyBodies(workloads[workload]!, strangers[stranger]!, true);
    expect(raisedBy(outcome)).toContain('path-spelling');
    expect(exitCodeOf(outcome)).toBe(1);
  },
);

test.each([
  [false, 'pass'],
  [true, 'fail'],
])('a stream without end is judged by what came of it (leaking: %s)', async (leaks, status) => {
  const options: VerifyOptions = { profile: leaks ? 'standard' : 'smoke', concurrency: 1 };
  const stream = workloads['a stream without end']!;
  const outcome = await withTimeoutsHeld(() => verifyBodies(stream, strangers['nothing']!, leaks, options));
  expect(byId(outcome, 'protected').map((result) => result.status)).toEqual([status]);
});
