import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { createSender } from '../../src/http/sender';
import { createScope } from '../../src/http/scope';
import { createRedactor } from '../../src/report/redact';
import type { Endpoint } from '../../src/verify/endpoint';
import type { Attempt, Probe } from '../../src/verify/probe';
import { headerToken } from '../../src/verify/probes/header-token';
import { repeatedAuthorization } from '../../src/verify/probes/repeated-authorization';
import { requestOf } from '../../src/verify/request-of';
import { serveRaw, type RunningServer } from '../support/http-server';

const hasCurl = spawnSync('curl', ['--version']).error === undefined;
const heads: string[] = [];
let server: RunningServer;
beforeAll(async () => {
  // The length speaks of a body, as it does in answers to HEAD.
  server = await serveRaw((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (bytes: Buffer) => {
      heads.push(bytes.toString('latin1').split('\r\n\r\n')[0] ?? '');
      const isHead = bytes.toString('latin1').startsWith('HEAD');
      socket.write(`HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n${isHead ? '' : 'no'}`);
    });
  });
});
afterEach(() => heads.splice(0));
afterAll(() => server.close());

const none = { kind: 'none' } as const;

/** Request line and what carries a credential, as they came in. */
function credentialsIn(head: string | undefined): readonly string[] {
  const [line = '', ...fields] = (head ?? '').split('\r\n');
  const names = /^(?:authorization|proxy-authorization|cookie|x-(?!kyma-guard-run)|token|jwt|sec-websocket-protocol|host)/i;
  return [
    line,
    ...fields.map((field) => field.replace(/^[^:]*/, (name) => name.toLowerCase()).trimEnd()).filter((field) => names.test(field)),
  ].sort();
}

const first = ({ attempts }: Probe): readonly Attempt[] =>
  typeof attempts === 'function' ? [] : attempts.filter(({ credential, door }) => credential.kind === 'none' && door === undefined);

const cases: (readonly [string, Attempt, string])[] = [
  ...['/health#/orders', '/orders#', '/orders{1}', '/orders[1-2]'].map(
    (path) => [`the path ${path}`, { variant: 'v', credential: none, path, over: 'bytes' }, 'GET'] as const,
  ),
  ['HEAD', { variant: 'v', credential: none }, 'HEAD'],
  ['a text in the place of a token', { variant: 'v', credential: { kind: 'text', text: 'not.good.token' } }, 'GET'],
  ...[headerToken, repeatedAuthorization].flatMap((probe) =>
    first(probe).map((attempt) => [`${probe.id}: ${attempt.variant}`, attempt, 'GET'] as const),
  ),
];

test.each(cases)('the curl line that a report shows sends what was sent: %s', async (_, attempt, method) => {
  if (!hasCurl) return;
  const endpoint = { host: 'a.example.test', method, path: '/orders', samplePath: '/orders', hints: {} } as unknown as Endpoint;
  const token = attempt.credential.kind === 'text' ? { token: attempt.credential.text } : {};
  const { outgoing, curl } = requestOf({ endpoint, attempt, ...token, mayWrite: false, base: server.url, nonce: 'n' });
  const sender = createSender({ userAgent: 'test', runId: 'r', scope: createScope({ patterns: [] }) });
  await sender.send(outgoing);
  sender.close();
  const line = createRedactor().clean(curl());
  await promisify(execFile)('sh', ['-c', line.replace('curl ', 'curl --silent --max-time 5 ')]);
  expect(credentialsIn(heads[1])).toEqual(credentialsIn(heads[0]));
});

test('a report says what $TOKEN stands for', () => {
  const endpoint = { host: 'a.example.test', method: 'GET', path: '/a', samplePath: '/a', hints: {} } as unknown as Endpoint;
  const lineOf = (credential: Attempt['credential']): string =>
    requestOf({
      endpoint,
      attempt: { variant: 'v', credential },
      token: 'x',
      mayWrite: false,
      base: 'http://127.0.0.1:1',
      nonce: 'n',
    }).line();
  expect(lineOf({ kind: 'valid' })).toBe('GET /a with Authorization; $TOKEN is a good token');
  expect(lineOf({ kind: 'denied' })).toBe('GET /a with Authorization; $TOKEN is the token of that client');
});
