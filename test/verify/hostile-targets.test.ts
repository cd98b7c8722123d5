import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exitCodeOf } from '../../src/cli/exit-code';
import { parseCredentials } from '../../src/token/parse-credentials';
import { json, startGateway, soundDecisions } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { checkSigned } from '../gateways/token-verifier';
import { hostileAnswers } from '../support/hostile-server';
import { timeOut, withTimeoutsHeld } from '../support/held-timeouts';
import { freePort, serve, serveRaw, type RunningServer } from '../support/http-server';
import { selfSigned } from '../support/self-signed';
import { byId, createDeploymentKeys, host, manifestFor, raisedBy, verifyAt, type DeploymentKeys } from '../support/verify-deployment';

let keys: DeploymentKeys;
let issuer: TestIssuer;
const open: RunningServer[] = [];
beforeAll(async () => {
  keys = await createDeploymentKeys();
  issuer = await startIssuer(keys.issuer);
});
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));
afterAll(() => issuer.close());

async function kept<T extends RunningServer>(server: Promise<T>): Promise<T> {
  open.push(await server);
  return server;
}

const only = [`GET ${host}/orders`];

test.each(Object.keys(hostileAnswers))('nothing can be said of a target that %s', async (name) => {
  const target = await kept(hostileAnswers[name]!());
  const outcome = await withTimeoutsHeld(() => verifyAt(target.url, issuer, { only, profile: 'smoke' }));
  expect(raisedBy(outcome)).toEqual([]);
  expect([exitCodeOf(outcome), byId(outcome, 'protected').map(({ status }) => status)]).toEqual([3, ['error']]);
});

test.each(
  [[1], [2], [3], [4], [5], [1, 3], [3, 4], [2, 4, 5], [3, 4, 5]].flatMap((silent) =>
    [200, 502].map((status) => [silent, status] as const),
  ),
)('when only the calls %j get no answer, an error page with status %i to everybody else is no finding', async (silent, status) => {
  let calls = 0;
  const page = '<html><h1>Oops</h1>Something went wrong</html>';
  const target = await kept(
    serve((_, response) => {
      calls += 1;
      if (silent.includes(calls)) timeOut();
      else response.writeHead(status, { 'content-type': 'text/html' }).end(page);
    }),
  );
  const outcome = await withTimeoutsHeld(() => verifyAt(target.url, issuer, { only, profile: 'smoke', concurrency: 1 }));
  expect(raisedBy(outcome)).toEqual([]);
  expect([exitCodeOf(outcome), byId(outcome, 'protected').map((result) => result.status)]).toEqual([3, ['error']]);
});

test('many routes of a target that never answers do not take as long as each of them', async () => {
  const target = await kept(hostileAnswers['accepts and never answers']!());
  const rule = JSON.parse(manifestFor(issuer)) as { spec: { rules: { path: string; methods: string[] }[] } };
  const [first] = rule.spec.rules;
  const rules = Array.from({ length: 200 }, (_, i) => ({ ...first, path: `/orders/${i}`, methods: ['GET'] }));
  const manifest = JSON.stringify({ ...rule, spec: { ...rule.spec, rules } });
  const outcome = await withTimeoutsHeld(() => verifyAt(target.url, issuer, {}, manifest));
  expect([exitCodeOf(outcome), outcome.data?.['stoppedHosts'], Number(outcome.data?.['requests']) < 60]).toEqual([3, [host], true]);
});

test('redirects are not followed, neither with a token nor with a secret', async () => {
  const asked: string[] = [];
  const elsewhere = await kept(serve((request, response) => response.end(String(asked.push(request.url ?? '')))));
  const away = (): Promise<RunningServer> =>
    kept(serve((_, response) => response.writeHead(307, { location: `${elsewhere.url}/stolen` }).end()));
  const [target, endpoint] = [await away(), await away()];
  const outcome = await verifyAt(target.url, issuer, { only });
  const key = { ...(JSON.parse(serviceKey(issuer, 'good')) as object), token_url: `${endpoint.url}/oauth/token` };
  const tokenless = await verifyAt(target.url, issuer, {
    only,
    issuers: new Map(),
    credentials: [parseCredentials(JSON.stringify(key), 'good')],
  });
  expect([exitCodeOf(outcome), exitCodeOf(tokenless), asked]).toEqual([3, 3, []]);
});

describe('a target whose certificate', () => {
  const certificates = {
    'has expired': selfSigned(host, [-120, -60]),
    'is for another name': selfSigned('other.example.test'),
    'is signed by itself': selfSigned(host),
  };
  test.each([
    ['has expired', true],
    ['is for another name', true],
    ['is signed by itself', false],
  ] as const)('%s is not asked, except with --insecure-tls', async (name, isTrusted) => {
    const certificate = certificates[name];
    const behind = await kept(startGateway(issuer));
    let requests = 0;
    const secure = createHttpsServer(certificate, (request, response) => {
      requests += 1;
      void fetch(`${behind.url}${request.url}`, { method: request.method!, headers: headersOf(request.headers), redirect: 'manual' }).then(
        async (answer) =>
          response
            .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
            .end(Buffer.from(await answer.arrayBuffer())),
      );
    });
    const url = (await kept(serve(() => undefined, secure))).url.replace('http:', 'https:');
    const strict = await verifyAt(url, issuer, { only, profile: 'smoke', ...(isTrusted && { ca: certificate.cert }) });
    expect([exitCodeOf(strict), raisedBy(strict), requests]).toEqual([3, [], 0]);
    expect(exitCodeOf(await verifyAt(url, issuer, { only, profile: 'smoke', insecureTls: true }))).toBe(0);
  });
});

function headersOf({ authorization, accept = '*/*' }: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return { accept: String(accept), ...(typeof authorization === 'string' && { authorization }) };
}

test('a sound gateway that speaks HTTP/1.0 is proven', async () => {
  const target = await kept(
    serveRaw((socket) =>
      socket.once('data', (bytes: Buffer) => {
        const request = bytes.toString('latin1');
        const token = /^authorization: Bearer (\S+)/im.exec(request)?.[1];
        const say = (status: number, body = ''): void =>
          void socket.end(`HTTP/1.0 ${status} X\r\ncontent-type: application/json\r\n\r\n${body}`);
        if (!/^GET \/orders[ ?]/.test(request)) return say(404);
        if (token === undefined) return say(403, '{"message":"RBAC: access denied"}');
        void checkSigned(token, issuer).then((claims) =>
          !claims || !soundDecisions(issuer).authorize(claims) ? say(401) : say(200, json(200, { orders: [4711] }).body),
        );
      }),
    ),
  );
  const outcome = await verifyAt(target.url, issuer, { only });
  expect([raisedBy(outcome), exitCodeOf(outcome)]).toEqual([[], 0]);
});

test('keys that change under the run leave it undecided', async () => {
  let count = 0;
  const gateway = await kept(
    startGateway(issuer, (sound) => ({ verify: async (token) => ((count += 1) > 15 ? undefined : sound.verify(token)) })),
  );
  const outcome = await verifyAt(gateway.url, issuer, { only });
  expect([raisedBy(outcome), byId(outcome, 'protected')[0]?.status, exitCodeOf(outcome)]).toEqual([[], 'error', 3]);
});

test('a gateway that restarts under the run raises no alarm, and proves nothing while it is away', async () => {
  const behind = await kept(startGateway(issuer));
  let wasAway = false;
  let server: Server;
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const relay = (): Server =>
    createServer((request, response) => {
      // Under a probe that the claim hangs on: a token without its signature.
      if (!wasAway && request.headers.authorization?.endsWith('.')) return restart();
      void fetch(`${behind.url}${request.url}`, { method: request.method!, headers: headersOf(request.headers) }).then(async (answer) =>
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(await answer.text()),
      );
    });
  function restart(): void {
    wasAway = true;
    const { port } = server.address() as AddressInfo;
    server.closeAllConnections();
    server.close(() => (comeBack = () => void listenAgain(port)));
  }
  // It is away for as long as six calls take: one attack is asked three times, the control twice.
  let comeBack: (() => void) | undefined;
  let missed = 0;
  const progress = (): void => {
    if (comeBack) missed += 1;
    if (missed === 6) comeBack?.();
  };
  function listenAgain(port: number): Promise<void> {
    comeBack = undefined;
    server = relay();
    return listen(port);
  }
  server = relay();
  await listen(await freePort());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tools = { pause: () => Promise.resolve(), progress };
  const outcome = await verifyAt(url, issuer, { only }, manifestFor(issuer), tools);
  server.closeAllConnections();
  server.close();
  expect(outcome.results.filter(({ status }) => status === 'fail')).toEqual([]);
  expect(exitCodeOf(outcome)).toBe(3);
});
