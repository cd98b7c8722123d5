import { createServer as createHttp } from 'node:http';
import { createSecureServer, createServer as createHttp2 } from 'node:http2';
import { createScope } from '../../src/http/scope';
import { createSender, type Answer, type OutgoingRequest, type Sender, type SenderOptions } from '../../src/http/sender';
import { OutOfScopeError } from '../../src/model/errors';
import { timeOut, withTimeoutsHeld } from '../support/held-timeouts';
import { deadUrl, serve, serveRaw, serveText, type RunningServer } from '../support/http-server';
import { selfSigned } from '../support/self-signed';

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

/** A server that keeps what it was sent, and says so once it is silent. */
async function recording(): Promise<RunningServer & { readonly seen: () => string }> {
  let seen = '';
  const server = await serveRaw((socket) => {
    socket.on('data', (bytes) => {
      seen += bytes.toString('latin1');
      if (seen.endsWith('\r\n\r\n')) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
    });
  });
  return { ...server, seen: () => seen };
}

test('a request goes out byte for byte', async () => {
  const server = keep(await recording());
  const request: OutgoingRequest = {
    method: 'gEt\t',
    url: server.url,
    over: 'bytes',
    exact: { target: 'http://other.test/a/../b\\c#d', version: '1.0' },
    headers: [
      ['Host', 'one.test'],
      ['host', 'two.test'],
      ['Authorization ', 'Bearer  x'],
    ],
  };
  expect(text(await sender().send(request))).toBe('200 ok');
  expect(server.seen()).toBe(
    'gEt\t http://other.test/a/../b\\c#d HTTP/1.0\r\nHost: one.test\r\nhost: two.test\r\nAuthorization : Bearer  x\r\nAccept: */*\r\nAccept-Encoding: identity\r\nUser-Agent: kyma-guard/test\r\nX-Kyma-Guard-Run: run-1\r\n\r\n',
  );
});

test('a body gets its length unless the request says it itself', async () => {
  const { url } = keep(
    await serve((request, response) => {
      request.resume().on('end', () => response.end(JSON.stringify(request.headers)));
    }),
  );
  const send = (headers: OutgoingRequest['headers'], body: string): Promise<Answer> =>
    sender().send({ method: 'POST', url, over: 'bytes', headers: [['Host', 'a.test'], ...(headers ?? [])], body });
  expect(text(await send([], 'four'))).toContain('"content-length":"4"');
  expect(text(await send([['Transfer-Encoding', 'chunked']], '4\r\nfour\r\n0\r\n\r\n'))).not.toContain('content-length');
});

test.each([
  ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour', '200 four', false],
  ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nfo\r\n2;x=1\r\nur\r\n0\r\nX: y\r\n\r\n', '200 four', false],
  ['the end of the connection', 'HTTP/1.1 200 OK\r\n\r\nfour', '200 four', false],
  ['an interim answer before it', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno', '403 no', false],
  ['a length that is never reached', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfour', '200 four', true],
  ['chunks that break off', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nfour', '200 four', true],
  ['nothing at all', 'HTTP/1.1 204 No Content\r\n\r\n', '204 ', false],
])('an answer framed by %s is read', async (_, bytes, expected, truncated) => {
  const answer = await sender().send({ method: 'GET', url: keep(await serveText(bytes)).url, over: 'bytes' });
  expect(text(answer)).toBe(expected);
  expect(answer).toMatchObject({ truncated });
});

test('an answer that comes byte by byte is read', async () => {
  const bytes = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nfo\r\n2\r\nur\r\n0\r\n\r\n';
  const server = await serveRaw((socket) =>
    socket.once('data', () => {
      const next = (at: number): void => {
        if (at < bytes.length && !socket.destroyed) socket.write(bytes.charAt(at), () => setImmediate(next, at + 1));
      };
      next(0);
    }),
  );
  expect(text(await sender().send({ method: 'GET', url: keep(server).url, over: 'bytes' }))).toBe('200 four');
});

test.each([
  ['what is not HTTP', 'SSH-2.0-x\r\n', 'protocol'],
  ['a head without end', `HTTP/1.1 200 OK\r\n${'X-Y: z\r\n'.repeat(20_000)}`, 'protocol'],
  ['a connection that is closed', '', 'reset'],
])('%s is a failure', async (_, bytes, reason) => {
  const { url } = keep(await serveText(bytes));
  expect(text(await sender().send({ method: 'GET', url, over: 'bytes' }))).toBe(reason);
});

test('silence ends with the time, and nobody listening at once', async () => {
  const { url } = keep(await serveRaw((socket) => socket.once('data', timeOut)));
  const ask = (to: string): Promise<string> => sender().send({ method: 'GET', url: to, over: 'bytes' }).then(text);
  expect(await withTimeoutsHeld(() => ask(url))).toBe('timeout');
  expect(await ask(deadUrl)).toBe('refused');
});

test('an endless body is cut at the limit', async () => {
  const endless = serve((_, response) => {
    const more = (): boolean => !response.destroyed && response.write('x'.repeat(65_536), more);
    more();
  });
  const request: OutgoingRequest = { method: 'GET', url: keep(await endless).url, over: 'bytes', headers: [['Host', 'a.test']] };
  expect(await sender({ maxBodyBytes: 100_000 }).send(request)).toMatchObject({ truncated: true, body: Buffer.alloc(100_000, 'x') });
});

test.each([true, false])('requests over one connection: pipelined %s', async (pipelined) => {
  const ports = new Set<number | undefined>();
  const { url } = keep(
    await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end(`${request.url}`);
    }),
  );
  const headers = [['Host', 'a.test']] as const;
  const before = [{ method: 'GET', url: `${url}/one`, headers }];
  const counted = sender();
  expect(text(await counted.send({ method: 'GET', url: `${url}/two`, over: 'bytes', headers, before, pipelined }))).toBe('200 /two');
  expect([ports.size, counted.sent]).toEqual([1, 2]);
});

test('the guard looks at the address, whatever the request says of itself', async () => {
  const guarded = sender({ scope: createScope({ patterns: [] }) });
  const request: OutgoingRequest = { method: 'GET', url: 'http://192.0.2.1/', over: 'bytes', headers: [['Host', '127.0.0.1']] };
  await expect(guarded.send(request)).rejects.toThrow(OutOfScopeError);
  const elsewhere = { method: 'GET', url: 'http://192.0.2.1/a', headers: [['Host', 'a.test']] } as const;
  const { url } = keep(await serve((seen, response) => response.end(seen.url)));
  expect(text(await guarded.send({ method: 'GET', url: `${url}/b`, over: 'bytes', headers: elsewhere.headers, before: [elsewhere] }))).toBe(
    '200 /b',
  );
});

describe('HTTP/2', () => {
  const answering = (request: { url?: string; headers: Record<string, unknown> }, response: { end(text: string): unknown }): void =>
    void response.end(`${request.url} for ${String(request.headers[':authority'])}`);

  async function listening(server: ReturnType<typeof createHttp2> | ReturnType<typeof createSecureServer>): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    keep(server);
    return (server.address() as { port: number }).port;
  }

  test('in clear text on loopback, by prior knowledge', async () => {
    const port = await listening(createHttp2(answering));
    const request: OutgoingRequest = { method: 'GET', url: `http://127.0.0.1:${port}/a?b`, over: 'h2', headers: [['Host', 'a.test']] };
    expect(text(await sender().send({ ...request, before: [request] }))).toBe('200 /a?b for a.test');
  });

  test('over TLS, by ALPN', async () => {
    const port = await listening(createSecureServer(selfSigned('a.test'), answering));
    const request: OutgoingRequest = { method: 'GET', url: `https://127.0.0.1:${port}/`, over: 'h2', serverName: 'a.test' };
    expect(text(await sender({ insecureTls: true }).send(request))).toBe(`200 / for 127.0.0.1:${port}`);
    expect(text(await sender().send(request))).toBe('tls');
    expect(text(await sender({ insecureTls: true }).send({ ...request, over: 'bytes' }))).toBe('tls');
  });

  test('is not offered by an ordinary server', async () => {
    const server = createHttp((_, response) => response.end());
    const { url } = keep(await serve(() => undefined, server));
    expect(text(await sender().send({ method: 'GET', url, over: 'h2' }))).toBe('unsupported');
  });
});
