import { createSecureServer } from 'node:http2';
import { createScope } from '../../src/http/scope';
import { createSender, type OutgoingRequest, type SenderOptions } from '../../src/http/sender';
import { serveRaw, type RunningServer } from '../support/http-server';
import { selfSigned } from '../support/self-signed';

const { cert, key } = selfSigned('orders.example.com');
let server: RunningServer;
let url: string;
/** Host and server name of every request, and the server name of every connection. */
const seen: { requests: unknown[]; connections: unknown[] } = { requests: [], connections: [] };
beforeEach(() => {
  seen.requests.length = seen.connections.length = 0;
});
beforeAll(async () => {
  const secure = createSecureServer({ cert, key, allowHTTP1: true }, (request, response) => {
    seen.requests.push([request.headers.host ?? request.authority, 'servername' in request.socket && request.socket.servername]);
    response.end('ok');
  });
  secure.on('secureConnection', ({ servername }) => seen.connections.push(servername));
  server = await serveRaw((socket) => void secure.emit('connection', socket));
  url = server.url.replace('http:', 'https:');
});
afterAll(() => server.close());

async function ask(to: string, options: Partial<SenderOptions> = {}, over: OutgoingRequest['over'] = 'client'): Promise<string> {
  const sender = createSender({ userAgent: 'kyma-guard/test', runId: 'run', ...options });
  const answer = await sender.send({ method: 'GET', url: to, over });
  sender.close();
  return answer.kind === 'answer' ? answer.body.toString() : answer.reason;
}

test('a certificate that nobody vouches for is no answer', async () => {
  expect(await ask(url)).toBe('tls');
});

test('an authority that the user names is trusted', async () => {
  expect(await ask(url, { ca: cert })).toBe('ok');
});

test('insecureTls takes any certificate', async () => {
  expect(await ask(url, { insecureTls: true })).toBe('ok');
});

describe.each(['client', 'bytes', 'h2'] as const)('behind a target, over %s,', (over) => {
  test.each(['127.0.0.1', 'localhost'])('TLS asks %s for the host that was meant, and checks its certificate', async (address) => {
    const at = url.replace('127.0.0.1', address);
    const scope = createScope({ patterns: [], targets: { 'orders.example.com': at, 'other.example.com': at } });
    expect(await ask('https://orders.example.com:443/', { ca: cert, scope }, over)).toBe('ok');
    expect(seen.requests).toEqual([['orders.example.com', 'orders.example.com']]);
    expect(await ask('https://other.example.com/', { ca: cert, scope }, over)).toBe('tls');
    expect(seen.requests).toHaveLength(1);
  });

  test('any certificate will do with insecureTls, and the name that is asked for stays', async () => {
    const scope = createScope({ patterns: [], targets: { 'other.example.com': url } });
    expect(await ask('https://other.example.com/', { insecureTls: true, scope }, over)).toBe('ok');
    expect(seen.requests).toEqual([['other.example.com', 'other.example.com']]);
  });
});

test('hosts at one address share no connection, and the calls of one host do', async () => {
  const hosts = ['orders.example.com', 'shop.example.com'];
  const scope = createScope({ patterns: [], targets: Object.fromEntries(hosts.map((host) => [host, url])) });
  const sender = createSender({ userAgent: 'kyma-guard/test', runId: 'run', insecureTls: true, scope });
  for (const host of [...hosts, ...hosts, ...hosts]) await sender.send({ method: 'GET', url: `https://${host}/` });
  sender.close();
  expect(seen.requests).toEqual([...hosts, ...hosts, ...hosts].map((host) => [host, host]));
  expect(seen.connections).toEqual(hosts);
});

test('a proxy in the environment is not used', async () => {
  const before = process.env['https_proxy'];
  process.env['https_proxy'] = 'http://127.0.0.1:1';
  expect(await ask(url, { ca: cert })).toBe('ok');
  if (before === undefined) delete process.env['https_proxy'];
  else process.env['https_proxy'] = before;
});
