import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { networkInterfaces } from 'node:os';
import { UsageError } from '../../src/model/errors';
import { proxySettings } from '../../src/http/proxy-settings';
import { createSender, type OutgoingRequest, type SenderOptions } from '../../src/http/sender';
import { serveConnectProxy, type ConnectProxy } from '../support/connect-proxy';
import { deadUrl, serve, type RunningServer } from '../support/http-server';
import { selfSigned } from '../support/self-signed';

const { cert, key } = selfSigned('orders.example.com');
const names: unknown[] = [];
const answer: RequestListener = (request, response) => {
  names.push('servername' in request.socket ? request.socket.servername : request.headers.host);
  response.end(`${request.method ?? ''} ${request.url ?? ''}`);
};
let secure: RunningServer;
let plain: RunningServer;
beforeAll(async () => {
  secure = await serve(() => undefined, createServer({ cert, key }, answer));
  plain = await serve(answer);
});
afterAll(() => Promise.all([secure.close(), plain.close()]));

const proxies: ConnectProxy[] = [];
afterEach(async () => {
  names.splice(0);
  for (const one of proxies.splice(0)) await one.close();
});
async function proxy(
  to: Parameters<typeof serveConnectProxy>[0] = (host) => (host.endsWith(':443') ? secure : plain),
): Promise<ConnectProxy> {
  const one = await serveConnectProxy(to);
  proxies.push(one);
  return one;
}

async function ask(request: string | OutgoingRequest, env: Record<string, string>, options: Partial<SenderOptions> = {}): Promise<string> {
  const sender = createSender({ userAgent: 'kyma-guard/test', runId: 'run', ca: cert, proxies: proxySettings(env), ...options });
  const got = await sender.send(typeof request === 'string' ? { method: 'GET', url: request } : request);
  sender.close();
  return got.kind === 'answer' ? `${got.status} ${got.body.toString()}` : `${got.reason}: ${got.message}`;
}

test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])('%s opens a tunnel, and TLS with its name stays end to end', async (name) => {
  const { url, asked } = await proxy();
  expect(await ask('https://orders.example.com/a?b=c', { [name]: url })).toBe('200 GET /a?b=c');
  expect([asked, names]).toEqual([['orders.example.com:443'], ['orders.example.com']]);
});

test('plain http goes through a tunnel too: no proxy reads a token or tidies up a path', async () => {
  const one = await proxy();
  expect(await ask('http://orders.example.com/a', { HTTP_PROXY: one.url })).toBe('200 GET /a');
  expect([one.asked, one.plain, names]).toEqual([['orders.example.com:80'], [], ['orders.example.com']]);
});

test.each(['bytes', 'h2'] as const)('what is sent over %s goes through the same proxy', async (over) => {
  const { url, asked } = await proxy();
  await ask({ method: 'GET', url: 'https://orders.example.com/x', over }, { HTTPS_PROXY: url });
  expect(asked).toEqual(['orders.example.com:443']);
});

test('a certificate of another host is refused behind a proxy as well', async () => {
  const { url } = await proxy();
  expect(await ask('https://other.example.com/', { HTTPS_PROXY: url })).toMatch(/^tls: /);
});

test.each([403, 407, 502])('a proxy that says %s is no refusal of the target', async (status) => {
  const { url } = await proxy(() => status);
  expect(await ask('https://orders.example.com/', { HTTPS_PROXY: url })).toBe('proxy: the proxy opened no tunnel to the host (ERR_PROXY)');
});

test('name and password of the proxy go to the proxy only', async () => {
  const one = await proxy();
  const env = { HTTPS_PROXY: one.url.replace('//', '//jane:p%40ss@') };
  expect(await ask('https://orders.example.com/', env)).toMatch(/^200/);
  expect(one.authorizations).toEqual([`Basic ${Buffer.from('jane:p@ss').toString('base64')}`]);
});

test('a proxy that is down is no answer', async () => {
  expect(await ask('https://orders.example.com/', { HTTPS_PROXY: deadUrl })).toMatch(/^refused: /);
});

test('connections through a proxy are kept', async () => {
  const { url, asked } = await proxy();
  const sender = createSender({ userAgent: 'x', runId: 'run', ca: cert, proxies: proxySettings({ HTTPS_PROXY: url }) });
  for (let i = 0; i < 3; i += 1) await sender.send({ method: 'GET', url: 'https://orders.example.com/' });
  sender.close();
  expect(asked).toHaveLength(1);
});

test('this machine is asked directly, whatever the variables say', async () => {
  const env = { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' };
  expect(await ask(`${plain.url}/a`, env)).toBe('200 GET /a');
  expect(await ask(`${secure.url.replace('http:', 'https:')}/a`, env)).toBe('200 GET /a');
});

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));

// Where the machine has no ::1 there is nothing to connect to: an IPv4 address stands in, so that the proxy part still runs.
test(`IPv6 addresses are asked, with and without a proxy${hasIpv6 ? '' : ' (no ::1 on this machine: the direct call is left out)'}`, async () => {
  const host = hasIpv6 ? '::1' : '127.0.0.1';
  const six = createHttpServer(answer);
  await new Promise<void>((resolve) => six.listen(0, host, resolve));
  const address = six.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { url, asked } = await proxy(() => ({ port, host }));
  const direct = await ask(`http://${hasIpv6 ? '[::1]' : host}:${port}/a`, {});
  const tunnelled = await ask('http://[2001:db8::7]:8080/a', { HTTP_PROXY: url });
  six.closeAllConnections();
  await new Promise((resolve) => six.close(resolve));
  expect([direct, tunnelled, asked]).toEqual(['200 GET /a', '200 GET /a', ['[2001:db8::7]:8080']]);
});

const through = { HTTPS_PROXY: 'http://proxy.example:3128' };
test.each<[string, string, boolean]>([
  ['', 'https://a.example.com', true],
  ['*', 'https://a.example.com', false],
  ['example.com', 'https://a.example.com', false],
  ['example.com', 'https://example.com', false],
  ['.example.com', 'https://a.example.com', false],
  ['*.example.com', 'https://a.example.com', false],
  ['example.com', 'https://badexample.com', true],
  ['b.example.com, a.example.com', 'https://a.example.com', false],
  ['a.example.com:8443', 'https://a.example.com', true],
  ['a.example.com:8443', 'https://a.example.com:8443', false],
  ['a.example.com:443', 'https://A.example.com.', false],
  ['10.0.0.0/8', 'https://10.1.2.3', false],
  ['10.0.0.0/8', 'https://11.1.2.3', true],
  ['10.1.2.3', 'https://10.1.2.3', false],
  ['fd00::/8', 'https://[fd00::1]', false],
  ['[2001:db8::7]', 'https://[2001:db8::7]', false],
  ['2001:db8::7', 'https://[2001:db8::8]', true],
])('with NO_PROXY %j, %s through the proxy: %s', (list, url, expected) => {
  expect(proxySettings({ ...through, NO_PROXY: list }).proxyFor(url) !== undefined).toBe(expected);
});

test.each<[string, Record<string, string>, string | undefined]>([
  ['lower case goes first', { HTTP_PROXY: 'http://upper:1', http_proxy: 'http://lower:2' }, 'lower:2'],
  ['an empty variable is none', { http_proxy: '', HTTP_PROXY: 'http://upper:1' }, 'upper:1'],
  ['a scheme may be missing', { http_proxy: 'lower:2' }, 'lower:2'],
  ['HTTP_PROXY does not count in CGI', { HTTP_PROXY: 'http://upper:1', REQUEST_METHOD: 'GET' }, undefined],
  ['HTTPS_PROXY is not for http', { HTTPS_PROXY: 'http://upper:1' }, undefined],
])('%s', (_, env, expected) => {
  expect(proxySettings(env).proxyFor('http://orders.example.com/')?.host).toBe(expected);
});

test.each(['socks5://127.0.0.1:1080', 'http://', 'http://user:top-secret@'])('%s is no proxy, and is not quoted', (value) => {
  expect(() => proxySettings({ HTTPS_PROXY: value })).toThrow(UsageError);
  expect(() => proxySettings({ HTTPS_PROXY: value })).toThrow(/^HTTPS_PROXY is no proxy that can be used$/);
});
