import { execFile, spawnSync } from 'node:child_process';
import { connect as connectTcp } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import type { CheckResult } from '../../src/model/check-result';
import { proxySettings } from '../../src/http/proxy-settings';
import { allProbes } from '../../src/verify/probes/all-probes';
import { startGateway, type Change } from '../gateways/gateway';
import { startIssuer, type TestIssuer } from '../gateways/issuer';
import { behindTls, certificate } from '../gateways/tls-front';
import { serveConnectProxy } from '../support/connect-proxy';
import { deadUrl, serveRaw, serveText, type RunningServer } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';
import { byId, createDeploymentKeys, host, verifyAt } from '../support/verify-deployment';

let issuer: TestIssuer;
const open: { close(): unknown }[] = [];
beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(() => issuer.close());

async function kept<T extends { close(): unknown }>(starting: Promise<T>): Promise<T> {
  const one = await starting;
  open.push(one);
  return one;
}

const doors = ['plain-http', 'other-entrance', 'old-tls'];

/** A run against a host of the world outside, which a proxy leads to this machine: its port 443 to a sound gateway, its port 80 elsewhere. */
async function ofPort80(elsewhere: { readonly port: number } | number): Promise<Record<string, CheckResult>> {
  const gateway = await kept(behindTls(issuer, {}, []));
  const proxy = await kept(serveConnectProxy((authority) => (authority.endsWith(':80') ? elsewhere : { port: gateway.port })));
  const proxies = proxySettings({ https_proxy: proxy.url, http_proxy: proxy.url });
  const options = {
    profile: 'full',
    families: ['platform', 'routing'],
    requestsPerRoute: 150,
    scope: [host],
    only: [`GET ${host}/orders`],
    rate: 100_000,
  } as const;
  const outcome = await verifyAt(`https://${host}`, issuer, { ...options, proxies });
  return Object.fromEntries(doors.map((id) => [id, byId(outcome, id)[0]!]));
}

const gatewayAt80 = (...changes: Change[]): Promise<RunningServer> => kept(startGateway(issuer, ...changes));
const redirect = `HTTP/1.1 308 Permanent Redirect\r\nlocation: https://${host}/orders\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`;

test.each<[string, () => Promise<RunningServer | number>, string, string]>([
  ['the same API', () => gatewayAt80(), 'fail', 'pass'],
  ['the API without its filters', () => gatewayAt80(() => ({ bypass: () => true })), 'skip', 'fail'],
  ['a redirect to https', () => kept(serveText(redirect)), 'pass', 'pass'],
  ['a page of another server', () => kept(serveText('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n')), 'pass', 'pass'],
  ['a closed door', async () => Number(new URL(deadUrl).port), 'pass', 'pass'],
])('port 80 with %s', async (_, start, plain, entrance) => {
  const results = await ofPort80(await start());
  expect([results['plain-http']?.status, results['other-entrance']?.status]).toEqual([plain, entrance]);
});

test('what a proxy does not lead to is not judged', async () => {
  const { 'plain-http': plain } = await ofPort80(502);
  expect(plain).toMatchObject({ status: 'pass', message: 'not seen: the port of TLS' });
});

test('a target without TLS has no such entrances, and the report says so', async () => {
  const gateway = await kept(startGateway(issuer));
  const outcome = await verifyAt(gateway.url, issuer, { profile: 'full', only: [`GET ${host}/orders`], families: ['platform', 'routing'] });
  const said = doors.map((id) => byId(outcome, id).map(({ status, message }) => `${status} ${message}`));
  expect(said).toEqual(doors.map(() => ['skip the target is asked without TLS as it is']));
});

test('the curl line of a door opens it in the same way', async () => {
  const gateway = await kept(
    behindTls(
      issuer,
      { otherNames: [() => ({ bypass: () => true })], offers: { minVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } },
      [],
    ),
  );
  const outcome = await verifyAt(gateway.url, issuer, { profile: 'full', only: [`GET ${host}/orders`], families: ['platform', 'routing'] });
  const port = String(gateway.port);
  expect(byId(outcome, 'other-entrance')[0]?.curl).toBe(
    `curl -i --path-as-is -X GET 'https://kyma-guard.invalid:${port}/orders' -k --connect-to '::127.0.0.1:${port}' -H 'Host: ${host}'`,
  );
  expect(byId(outcome, 'old-tls')[0]?.curl).toContain(
    `'https://${host}:${port}/orders' -k --connect-to '::127.0.0.1:${port}' --tls-max '1.1' --ciphers 'DEFAULT@SECLEVEL=0'`,
  );
});

const openToAll: Change = () => ({ bypass: () => true });
const hasCurl = spawnSync('curl', ['--version']).error === undefined;

test('the curl line of a finding at a target over TLS asks for the name of the host, too', async () => {
  const gateway = await kept(behindTls(issuer, {}, [openToAll]));
  const outcome = await verifyAt(gateway.url, issuer, { profile: 'smoke', only: [`GET ${host}/orders`] });
  const line = byId(outcome, 'no-token')[0]?.curl ?? '';
  expect(line).toBe(
    `curl -i --path-as-is -X GET 'https://${host}:${gateway.port}/orders' --connect-to '::127.0.0.1:${gateway.port}' -H 'Host: ${host}'`,
  );
  if (!hasCurl) return;
  const folder = temporaryFolder({ 'ca.pem': certificate().cert });
  const { stdout } = await promisify(execFile)('sh', ['-c', `${line} --silent --cacert ca.pem`], { cwd: folder });
  expect(stdout).toMatch(/^HTTP\/1\.1 200 /);
});

test('the curl line takes any certificate where the run did', async () => {
  const gateway = await kept(behindTls(issuer, {}, [openToAll]));
  const outcome = await verifyAt(gateway.url, issuer, { profile: 'smoke', only: [`GET ${host}/orders`], insecureTls: true });
  const line = byId(outcome, 'no-token')[0]?.curl ?? '';
  expect(line).toContain(`/orders' -k --connect-to '::127.0.0.1:${gateway.port}' -H`);
  if (!hasCurl) return;
  const { stdout } = await promisify(execFile)('sh', ['-c', `${line} --silent`]);
  expect(stdout).toMatch(/^HTTP\/1\.1 200 /);
});

test('whatever Host an attack makes up, TLS asks for the name of the route; only other entrances ask for another', async () => {
  const gateway = await kept(startGateway(issuer));
  const seen = new Set<string>();
  const tls = createTlsServer({ ...certificate(), ALPNProtocols: ['http/1.1'] }, (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (bytes: Buffer) => {
      seen.add(`${String(socket.servername)} for ${/^host: *(.*)$/im.exec(bytes.toString('latin1'))?.[1] ?? 'none'}`);
      const onward = connectTcp(gateway.port, '127.0.0.1', () => onward.write(bytes));
      onward.on('error', () => socket.destroy());
      socket.pipe(onward).pipe(socket);
    });
  });
  const front = await kept(serveRaw((socket) => void tls.emit('connection', socket)));
  await verifyAt(front.url.replace('http:', 'https:'), issuer, {
    profile: 'full',
    only: [`GET ${host}/orders`],
    families: ['platform', 'routing'],
  });
  const named = [...seen].map((one) => one.split(' for '));
  expect(new Set(named.map(([, made]) => made)).size).toBeGreaterThan(5);
  expect(named.filter(([name]) => name !== host)).toEqual([
    ['false', host],
    ['kyma-guard.invalid', host],
  ]);
});

test('no attempt that comes another way asks for a token', () => {
  const attempts = allProbes.flatMap((probe) => (typeof probe.attempts === 'function' ? [] : probe.attempts)).filter(({ door }) => door);
  expect(attempts.length).toBeGreaterThan(5);
  expect(attempts.filter(({ credential, before }) => credential.kind !== 'none' || before !== undefined)).toEqual([]);
});
