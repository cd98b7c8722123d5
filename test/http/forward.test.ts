import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { forward, type ForwardTo } from '../../src/http/forward';
import { serveHalf, timeOut, withTimeoutsHeld } from '../support/held-timeouts';
import { deadUrl, serve, serveRaw, serveText, type RunningServer } from '../support/http-server';

const open: RunningServer[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
async function keep(starting: Promise<RunningServer>): Promise<RunningServer> {
  const one = await starting;
  open.push(one);
  return one;
}

/** A gateway that only forwards. */
const gateway = (to: Partial<ForwardTo> & { url: string }): Promise<RunningServer> =>
  keep(serve((incoming, response) => void forward(incoming, response, { timeoutMs: 20_000, ...to })));

interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  broken: boolean;
}
interface Ask {
  method?: string;
  path?: string;
  headers?: Record<string, string | string[]>;
  body?: string;
}
function ask(url: string, { method = 'GET', path = '/', headers = {}, body }: Ask = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', () => undefined);
      response.on('close', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, broken: !response.complete }),
      );
    });
    request.on('error', reject).end(body);
  });
}
const echo = (): Promise<RunningServer> =>
  keep(
    serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.writeHead(
          201,
          [
            ['x-a', '1'],
            ['X-A', '2'],
            ['x-secret', 's'],
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
          ].flat(),
        );
        response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
      });
    }),
  );

test('request and answer pass through as they are', async () => {
  const { url } = await gateway({ url: (await echo()).url });
  const got = await ask(url, {
    method: 'PUT',
    path: '/a%2F../b?x=%zz',
    headers: { host: 'orders.example.com', 'x-two': ['1', '2'] },
    body: 'hello',
  });
  expect(got).toMatchObject({ status: 201, headers: { 'x-a': '1, 2', 'set-cookie': ['a=1', 'b=2'] } });
  expect(JSON.parse(got.body)).toMatchObject({
    method: 'PUT',
    url: '/a%2F../b?x=%zz',
    body: 'hello',
    headers: { host: 'orders.example.com', 'x-two': '1, 2' },
  });
});

test('headers are set, taken away and added as asked, and hop-by-hop ones stay behind', async () => {
  const to = { setHeaders: { 'X-Request-Id': 'ours' }, removeResponseHeaders: ['X-Secret'], addResponseHeaders: { Server: 'istio-envoy' } };
  const { url } = await gateway({ url: (await echo()).url, ...to });
  const got = await ask(url, { headers: { 'x-request-id': 'theirs', te: 'trailers', connection: 'close, x-hop', 'x-hop': '1' } });
  expect(got.headers).toMatchObject({ server: 'istio-envoy' });
  expect(got.headers).not.toHaveProperty('x-secret');
  const { headers } = JSON.parse(got.body);
  expect(headers).toMatchObject({ 'x-request-id': 'ours' });
  expect(headers).not.toHaveProperty('x-hop');
  expect(headers).not.toHaveProperty('te');
});

test('the target may differ from what came', async () => {
  const { url } = await gateway({ url: (await echo()).url, target: '/other?y' });
  expect(JSON.parse((await ask(url, { path: '/x' })).body)).toMatchObject({ url: '/other?y' });
});

test('a body of unknown length is passed on in chunks', async () => {
  const { url } = await gateway({ url: (await echo()).url });
  const got = await ask(url, { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body: 'streamed' });
  expect(JSON.parse(got.body)).toMatchObject({ body: 'streamed', headers: { 'transfer-encoding': 'chunked' } });
});

test('a workload that is not there gives 503', async () => {
  const { url } = await gateway({ url: deadUrl });
  const got = await ask(url, { method: 'POST', body: 'x' });
  expect(got.status).toBe(503);
  expect(got.body).toMatch(/^upstream connect error or disconnect\/reset before headers\. .*Connection refused$/);
});

test('a workload that hangs up before its head gives 503', async () => {
  const { url } = await gateway({ url: (await keep(serveText(''))).url });
  expect(await ask(url)).toMatchObject({ status: 503, body: expect.stringMatching(/connection termination$/) });
});

test('a workload that takes too long gives 504', async () => {
  const { url } = await gateway({ url: (await keep(serveRaw((socket) => socket.once('data', timeOut)))).url });
  expect(await withTimeoutsHeld(() => ask(url))).toMatchObject({ status: 504, body: 'upstream request timeout' });
});

test.each([
  ['that breaks off', true],
  ['that takes too long', false],
])('an answer %s after its head is cut, not completed', async (_, end) => {
  const part = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npart';
  const workload = await keep(end ? serveText(part) : serveHalf(part));
  const { url } = await gateway({ url: workload.url });
  expect(await withTimeoutsHeld(() => ask(url))).toMatchObject({ status: 200, body: 'part', broken: true });
});

test('a caller that goes away ends the request to the workload', async () => {
  const ended = new Promise<void>((resolve) => {
    void keep(serveRaw((socket) => socket.once('data', () => caller.destroy()).once('close', () => resolve()))).then(async ({ url }) => {
      caller = httpRequest((await gateway({ url })).url).on('error', () => undefined);
      caller.end();
    });
  });
  let caller: ReturnType<typeof httpRequest>;
  await expect(ended).resolves.toBeUndefined();
});
