import type { IncomingMessage } from 'node:http';
import { createScope } from '../../src/http/scope';
import { createSender, type Answer, type Sender, type SenderOptions } from '../../src/http/sender';
import { OutOfScopeError } from '../../src/model/errors';
import { serveHalf, timeOut, withTimeoutsHeld } from '../support/held-timeouts';
import { deadUrl, serve, serveRaw, serveText, type RunningServer } from '../support/http-server';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
function keep<T extends { close(): unknown }>(one: T): T {
  open.push(one);
  return one;
}
function sender(options: Partial<SenderOptions> = {}): Sender {
  return keep(createSender({ userAgent: 'kyma-guard/test', runId: 'run-1', timeoutMs: 20_000, ...options }));
}
const text = (answer: Answer): string => (answer.kind === 'answer' ? `${answer.status} ${answer.body.toString()}` : answer.reason);

/** Answers with what it got. */
const echo = (): Promise<RunningServer> =>
  serve((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => response.end(JSON.stringify({ method: request.method, url: request.url, raw: request.rawHeaders, body })));
  });

async function echoed(answer: Promise<Answer>): Promise<{ method: string; url: string; raw: string[]; body: string }> {
  const got = await answer;
  return JSON.parse(got.kind === 'answer' ? got.body.toString() : '{}');
}

test('a request carries the user agent and the run id and nothing that it was not asked to', async () => {
  const { url } = keep(await echo());
  const { raw } = await echoed(sender().send({ method: 'POST', url }));
  expect(
    raw
      .filter((_, i) => i % 2 === 0)
      .map((name) => name.toLowerCase())
      .sort(),
  ).toEqual(['accept', 'accept-encoding', 'connection', 'content-length', 'host', 'user-agent', 'x-kyma-guard-run']);
  expect(raw).toEqual(expect.arrayContaining(['kyma-guard/test', 'run-1', 'identity']));
});

test('a header that stands twice is sent twice', async () => {
  const { url } = keep(await echo());
  const { raw } = await echoed(
    sender().send({
      method: 'GET',
      url,
      headers: [
        ['Authorization', 'Bearer a'],
        ['authorization', 'Bearer b'],
      ],
    }),
  );
  expect(raw.filter((value) => value.startsWith('Bearer'))).toEqual(['Bearer a', 'Bearer b']);
});

test('body, method and query arrive as they were given', async () => {
  const { url } = keep(await echo());
  const request = { method: 'PATCH', url: `${url}/a%2Fb?x=1&y=%20`, headers: [['Content-Type', 'x/y']] as const, body: '{"a": 1}' };
  expect(await echoed(sender().send(request))).toMatchObject({ method: 'PATCH', url: '/a%2Fb?x=1&y=%20', body: '{"a": 1}' });
});

test.each([200, 204, 302, 401, 404, 500, 599])('status %i is an answer', async (status) => {
  const { url } = keep(await serve((_, response) => response.writeHead(status, { location: '/elsewhere' }).end()));
  expect(await sender().send({ method: 'GET', url })).toMatchObject({ kind: 'answer', status });
});

test('a redirect is not followed', async () => {
  const seen: IncomingMessage[] = [];
  const { url } = keep(await serve((request, response) => seen.push(request) && response.writeHead(307, { location: '/b' }).end()));
  expect(await sender().send({ method: 'GET', url })).toMatchObject({ status: 307, headers: { location: '/b' } });
  expect(seen).toHaveLength(1);
});

test('a compressed body is handed over as it came', async () => {
  const { url } = keep(await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')));
  expect(text(await sender().send({ method: 'GET', url }))).toBe('200 no gzip');
});

test('an endless body is cut at the limit', async () => {
  const endless = serve((_, response) => {
    const more = (): boolean => !response.destroyed && response.write('x'.repeat(65_536), more);
    more();
  });
  const answer = await sender({ maxBodyBytes: 100_000 }).send({ method: 'GET', url: keep(await endless).url });
  expect(answer).toMatchObject({ status: 200, truncated: true, body: Buffer.alloc(100_000, 'x') });
  expect(answer.ms).toBeLessThan(10_000);
});

test.each([
  ['a body shorter than it says', 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nshort', true, '200 short', true],
  ['a body longer than it says', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nshort and more', true, '200 short', false],
  ['a body that never ends', 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nslow', false, '200 slow', true],
  ['a chunk that breaks off', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nshort\r\nff\r\n', true, '200 short', true],
])('%s keeps the status as evidence', async (_, bytes, end, expected, truncated) => {
  const { url } = keep(await (end ? serveText(bytes) : serveHalf(bytes)));
  const answer = await withTimeoutsHeld(() => sender().send({ method: 'GET', url }));
  expect(text(answer)).toBe(expected);
  expect(answer).toMatchObject({ truncated });
});

test.each([
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.6\r\n', 'protocol'],
  ['a head that is too large', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`, 'protocol'],
  ['nothing', '', 'reset'],
  ['half a head', 'HTTP/1.1 200 OK\r\nx:', 'reset'],
])('%s is a failure, not an answer', async (_, bytes, reason) => {
  const { url } = keep(await serveText(bytes));
  expect(await sender().send({ method: 'GET', url })).toMatchObject({ kind: 'failure', reason });
});

test('a server that is silent is a timeout', async () => {
  const { url } = keep(await serveRaw((socket) => socket.once('data', timeOut)));
  expect(text(await withTimeoutsHeld(() => sender().send({ method: 'GET', url })))).toBe('timeout');
});

test('a head that comes one byte at a time does not outlast the limit', async () => {
  let sent = 0;
  const drip = serveRaw((socket) => {
    const more = (): void => {
      sent += 1;
      if (sent === 100) timeOut();
      if (!socket.destroyed) socket.write('HTTP/1.1 200 OK\r\nx: '[sent - 1] ?? 'y', () => setImmediate(more));
    };
    more();
  });
  const { url } = keep(await drip);
  expect(text(await withTimeoutsHeld(() => sender().send({ method: 'GET', url })))).toBe('timeout');
  expect(sent).toBeGreaterThanOrEqual(100);
});

test('a closed port is refused, a name that does not exist is dns, plain HTTP on https is tls', async () => {
  const plain = keep(await serveText('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const ask = async (url: string): Promise<string> => text(await sender().send({ method: 'GET', url }));
  expect([await ask(deadUrl), await ask('http://does-not-exist.invalid/'), await ask(plain.url.replace('http', 'https'))]).toEqual([
    'refused',
    'dns',
    'tls',
  ]);
});

test('no packet leaves for a host outside the scope', async () => {
  const one = sender({ scope: createScope({ patterns: ['orders.example.com'] }) });
  await expect(one.send({ method: 'GET', url: 'http://evil.example.net/' })).rejects.toThrow(OutOfScopeError);
  expect(one.sent).toBe(0);
});

test('a host with a target keeps its name in the Host header', async () => {
  const { url } = keep(await echo());
  const one = sender({ scope: createScope({ patterns: [], targets: { 'orders.example.com': url } }) });
  const got = await echoed(one.send({ method: 'GET', url: 'https://orders.example.com/a?b' }));
  expect(got.url).toBe('/a?b');
  expect(got.raw[got.raw.findIndex((name) => name.toLowerCase() === 'host') + 1]).toBe('orders.example.com');
  expect(one.sentTo('orders.example.com')).toBe(1);
});

test('the budget holds and is an answer of its own', async () => {
  const { url } = keep(await echo());
  const one = sender({ maxRequests: 2 });
  const answers = await Promise.all([1, 2, 3].map(() => one.send({ method: 'GET', url })));
  expect(answers.map((answer) => (answer.kind === 'failure' ? answer.reason : answer.status))).toEqual([200, 200, 'budget']);
});

test('no more requests are under way at once than allowed', async () => {
  let running = 0;
  let most = 0;
  const slow = serve((_, response) => {
    most = Math.max(most, ++running);
    setImmediate(() => setImmediate(() => (--running, response.end())));
  });
  const { url } = keep(await slow);
  const one = sender({ connections: 2 });
  await Promise.all(Array.from({ length: 20 }, () => one.send({ method: 'GET', url })));
  expect(most).toBe(2);
});

test('requests to one host start no faster than the rate', async () => {
  const { url } = keep(await echo());
  const one = sender({ ratePerSecond: 50 });
  const start = performance.now();
  await Promise.all(Array.from({ length: 6 }, () => one.send({ method: 'GET', url })));
  expect(performance.now() - start).toBeGreaterThanOrEqual(99);
});

test('stopping the run ends what is under way and sends nothing more', async () => {
  const stop = new AbortController();
  const { url } = keep(await serveRaw((socket) => socket.once('data', () => stop.abort())));
  const one = sender({ signal: stop.signal });
  expect(text(await one.send({ method: 'GET', url }))).toBe('aborted');
  expect(text(await one.send({ method: 'GET', url }))).toBe('aborted');
  expect(one.sentTo(new URL(url).host)).toBe(1);
});

test('stopping the run also ends the waiting for a turn', async () => {
  const stop = new AbortController();
  const { url } = keep(await serveRaw((socket) => socket.once('data', () => stop.abort())));
  const one = sender({ signal: stop.signal, connections: 1, ratePerSecond: 0.01 });
  const answers = await Promise.all([1, 2, 3].map(() => one.send({ method: 'GET', url })));
  expect(answers.map(text)).toEqual(['aborted', 'aborted', 'aborted']);
  expect(one.sent).toBe(1);
});

test('an idle connection that the server closed does not fail the next request', async () => {
  let connections = 0;
  const once = serveRaw((socket) => {
    connections += 1;
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
      socket.once('data', () => socket.destroy());
    });
  });
  const { url } = keep(await once);
  const one = sender();
  expect([text(await one.send({ method: 'GET', url })), text(await one.send({ method: 'GET', url }))]).toEqual(['200 ok', '200 ok']);
  expect(connections).toBe(2);
});

test('credentials in a URL are refused', async () => {
  await expect(sender().send({ method: 'GET', url: 'http://user:pass@127.0.0.1/' })).rejects.toThrow(TypeError);
});
