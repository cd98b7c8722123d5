import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { endlessChunk, flood } from '../support/hostile-server';
import { serveRaw, type RunningServer } from '../support/http-server';
import { buildCommand } from '../support/local-runtime';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, host, manifestFor, type DeploymentKeys } from '../support/verify-deployment';

/** What a run may take at its peak, and beyond a run against a sound target, in MB. Who keeps what comes takes thousands of them within the timeout. */
const limit = 300;
const growth = 150;

jest.setTimeout(180_000);

let keys: DeploymentKeys;
let command: string;
let hook: string;
let quiet: number;
beforeAll(async () => {
  keys = await createDeploymentKeys();
  command = buildCommand(temporaryFolder(), 'verify');
  hook = join(temporaryFolder(), 'peak.cjs');
  writeFileSync(hook, `process.on('exit', () => require('node:fs').writeFileSync('peak', String(process.resourceUsage().maxRSS / 1024)));`);
  const issuer = await startIssuer(keys.issuer);
  const gateway = await startGateway(issuer);
  quiet = (await verify(gateway.url, issuer)).peakMb;
  await Promise.all([issuer.close(), gateway.close()]);
});

/** Verifies in a process of its own, and tells how much memory it took at its peak. */
async function verify(url: string, issuer: TestIssuer, issuerUrl = issuer.url): Promise<{ code: number | null; peakMb: number }> {
  const folder = temporaryFolder({ 'rule.json': manifestFor(issuer), 'good.json': serviceKey({ ...issuer, url: issuerUrl }, 'good') });
  const addresses = ['--target', `${host}=${url}`, '--issuer', `${issuer.issuer}=${issuerUrl}`];
  const args = ['verify', 'rule.json', ...addresses, '--credentials', 'good.json', '--only', `GET ${host}/orders`, '--timeout', '20'];
  const child = spawn(process.execPath, ['--require', hook, command, ...args], { cwd: folder, env: {}, stdio: 'ignore' });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, peakMb: Number(readFileSync(join(folder, 'peak'), 'utf8')) };
}

type Speak = Parameters<typeof serveRaw>[0];
const ok = 'HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\n';
const asked =
  (say: (socket: Parameters<Speak>[0]) => void): Speak =>
  (socket) =>
    socket.once('data', () => say(socket));

const floods: Readonly<Record<string, Speak>> = {
  'a body without end': asked((socket) => {
    socket.write(`${ok}\r\n`);
    flood(socket);
  }),
  'chunks without end': asked((socket) => {
    socket.write(`${ok}transfer-encoding: chunked\r\n\r\n`);
    flood(socket, endlessChunk);
  }),
  'headers without end': asked((socket) => {
    socket.write(ok);
    flood(socket, Buffer.from(`x-filler: ${'y'.repeat(65_000)}\r\n`));
  }),
  'one header of 10 MB': asked((socket) => void socket.end(`${ok}x: ${'y'.repeat(10_000_000)}\r\n\r\n`)),
  'bytes before anything was asked': (socket) => flood(socket),
};

test.each(Object.keys(floods))('a target that sends %s is undecided, and memory stays within bounds', async (name) => {
  const issuer = await startIssuer(keys.issuer);
  const target = await serveRaw(floods[name]!);
  const { code, peakMb } = await verify(target.url, issuer);
  await Promise.all([issuer.close(), target.close()]);
  expect(code).toBe(3);
  expectWithinBounds(peakMb);
});

test.each(Object.keys(floods))('an issuer that sends %s leaves no pass, and memory stays within bounds', async (name) => {
  const issuer = await startIssuer(keys.issuer);
  const [gateway, bad] = await Promise.all([startGateway(issuer), serveRaw(floods[name]!)]);
  const { code, peakMb } = await verify(gateway.url, issuer, bad.url);
  await Promise.all([issuer, gateway, bad].map((server: RunningServer) => server.close()));
  expect([1, 3]).toContain(code);
  expectWithinBounds(peakMb);
});

test('a target that is sound to the good token and floods everybody else stays within bounds over all attacks', async () => {
  const issuer = await startIssuer(keys.issuer);
  const target = await serveRaw((socket) =>
    socket.once('data', (bytes: Buffer) => {
      const sent = /^authorization: Bearer (\S+)\r$/im.exec(bytes.toString('latin1'))?.[1] ?? '';
      if (sent === good && bytes.toString('latin1', 0, 12) === 'GET /orders ')
        return void socket.end(
          'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: 14\r\n\r\n{"orders":[1]}',
        );
      socket.write(`${ok}\r\n`);
      flood(socket);
    }),
  );
  let good = '';
  const telling = await startIssuer(keys.issuer, { onIssued: (token) => void (good = token) });
  const { peakMb } = await verify(target.url, telling);
  await Promise.all([issuer, telling, target].map((server: RunningServer) => server.close()));
  expectWithinBounds(peakMb);
});

test('a key set of 10,000 keys stays within bounds', async () => {
  const issuer = await startIssuer(keys.issuer, {
    keys: ([key]) => Array.from({ length: 10_000 }, (_, i) => ({ ...key!, kid: `key-${i}` })),
  });
  const gateway = await startGateway(issuer);
  const { code, peakMb } = await verify(gateway.url, issuer);
  await Promise.all([issuer.close(), gateway.close()]);
  expect(code).toBe(3);
  expectWithinBounds(peakMb);
});

function expectWithinBounds(peakMb: number): void {
  if (process.env['SHOW_PEAK'])
    process.stderr.write(`${expect.getState().currentTestName ?? ''}: ${peakMb.toFixed(0)} MB, quiet ${quiet.toFixed(0)}\n`);
  expect(peakMb).toBeLessThan(limit);
  expect(peakMb - quiet).toBeLessThan(growth);
}
