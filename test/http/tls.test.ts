import { createServer } from 'node:https';
import { createScope } from '../../src/http/scope';
import { createSender, type SenderOptions } from '../../src/http/sender';
import { serve, type RunningServer } from '../support/http-server';
import { selfSigned } from '../support/self-signed';

const { cert, key } = selfSigned('orders.example.com');
let server: RunningServer;
let url: string;
const seen: unknown[] = [];
beforeAll(async () => {
  const secure = createServer({ cert, key }, (request, response) => {
    seen.push([request.headers.host, 'servername' in request.socket && request.socket.servername]);
    response.end('ok');
  });
  server = await serve(() => undefined, secure);
  url = server.url.replace('http:', 'https:');
});
afterAll(() => server.close());

async function ask(to: string, options: Partial<SenderOptions> = {}): Promise<string> {
  const sender = createSender({ userAgent: 'kyma-guard/test', runId: 'run', ...options });
  const answer = await sender.send({ method: 'GET', url: to });
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

test('behind a target the certificate is still checked against the host that was meant', async () => {
  const scope = createScope({ patterns: [], targets: { 'orders.example.com': url, 'other.example.com': url } });
  expect(await ask('https://orders.example.com:443/', { ca: cert, scope })).toBe('ok');
  expect(seen.at(-1)).toEqual(['orders.example.com', 'orders.example.com']);
  expect(await ask('https://other.example.com/', { ca: cert, scope })).toBe('tls');
});

test('a proxy in the environment is not used', async () => {
  const before = process.env['https_proxy'];
  process.env['https_proxy'] = 'http://127.0.0.1:1';
  expect(await ask(url, { ca: cert })).toBe('ok');
  if (before === undefined) delete process.env['https_proxy'];
  else process.env['https_proxy'] = before;
});
