import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { main } from '../../src/cli/main';
import { openCanary } from '../../src/verify/canary';
import type { Report } from '../../src/report/report';
import { createSigningKey } from '../../src/token/sign';
import { startGateway, type Change } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import { freePort, type RunningServer } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, host, manifestFor } from '../support/verify-deployment';

let issuer: TestIssuer;
let luring: RunningServer;
let shared: RunningServer;
let folder: string;
const asked: string[] = [];

const headerOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString() || '{}') as Record<string, unknown>;

/** Asks for the keys wherever `jku` leads, and verifies with its own. */
const asksJku: Change = (sound) => ({
  async verify(token) {
    const jku = safely(() => headerOf(token)['jku']);
    if (typeof jku === 'string' && /^http:/i.test(jku)) {
      asked.push(jku);
      await fetch(jku).catch(() => undefined);
    }
    return sound.verify(token);
  },
});

/** Takes the secret of a client for a key. */
const secretIsKey: Change = (sound, { issuer: iss }) => ({
  async verify(token) {
    const [head = '', body = '', signature] = token.split('.');
    const mac = createHmac('sha256', 'secret-of-good').update(`${head}.${body}`).digest('base64url');
    return mac === signature ? { iss, scope: ['orders!t1.Read'], aud: ['orders!t1'] } : sound.verify(token);
  },
});

function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
  [luring, shared] = await Promise.all([startGateway(issuer, asksJku), startGateway(issuer, secretIsKey)]);
  folder = temporaryFolder({ 'rule.json': manifestFor(issuer), 'good.json': serviceKey(issuer, 'good') });
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => Promise.all([issuer, luring, shared].map((server) => server.close())));

async function verify(server: RunningServer, ...args: string[]) {
  const captured = captureIo({ cwd: folder });
  const usual = ['--target', `${host}=${server.url}`, '--credentials', 'good.json', '--only', `GET ${host}/orders`, '--format', 'json'];
  const code = await main(['verify', `${folder}/rule.json`, ...usual, ...args], captured.io, '1.2.3');
  const { results = [] } = (code === 2 ? {} : JSON.parse(captured.stdout())) as Partial<Report>;
  const statusOf = (id: string): string[] => results.filter((result) => result.id === id).map(({ status }) => status);
  return { code, statusOf, stderr: captured.stderr(), stdout: captured.stdout() };
}

describe('--canary', () => {
  test('finds on loopback, without being asked for, a gateway that fetches keys from where a token says', async () => {
    const { code, statusOf } = await verify(luring);
    expect([code, statusOf('key-url'), asked.some((url) => url.startsWith('http://127.0.0.1:'))]).toEqual([1, ['fail'], true]);
  });

  test('off sends no such token, and says so', async () => {
    const { code, statusOf } = await verify(luring, '--canary', 'off');
    expect([code, statusOf('key-url'), asked]).toEqual([0, ['skip'], []]);
  });

  test('with a URL is named by it', async () => {
    const url = `http://localhost:${await freePort()}`;
    const { statusOf } = await verify(luring, '--canary', url);
    expect([statusOf('key-url'), asked.some((target) => target.startsWith(`${url}/`))]).toEqual([['fail'], true]);
  });

  test('auto stays away from a target that is treated as a remote one', async () => {
    const { statusOf } = await verify(luring, '--gentle', '--rate', '1000');
    expect([statusOf('key-url'), asked]).toEqual([['skip'], []]);
  });

  test.each(['https://10.0.0.5:8099', 'http://10.0.0.5:8099/keys', 'http://a:b@10.0.0.5:8099', 'http://10.0.0.5:8099/?a=b', 'on', ''])(
    'refuses %j',
    async (value) => {
      const { code, stderr } = await verify(luring, `--canary=${value}`);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/--canary/)]);
    },
  );

  test('refuses a port that is taken', async () => {
    const { code, stderr } = await verify(luring, '--canary', luring.url);
    expect([code, stderr]).toEqual([2, expect.stringContaining('the port of --canary cannot be listened at')]);
  });

  test.each(['http://localhost', 'http://127.0.0.1', 'auto'] as const)('listens on loopback only for %s', async (base) => {
    const port = await freePort();
    const canary = await openCanary(base === 'auto' ? 'auto' : { url: `${base}:${port}` }, true, await createSigningKey());
    const own = base === 'auto' ? Number(new URL(canary!.place({ kids: [] }).url).port) : port;
    // Whoever listens at all addresses leaves no other of the machine free.
    const other = createServer();
    await new Promise<void>((resolve, reject) => other.once('error', reject).listen(own, '127.0.0.2', resolve));
    await new Promise((resolve) => other.close(resolve));
    await canary?.close();
    expect(own).toBeGreaterThan(0);
  });

  test('listens everywhere behind an address that another machine hands on', async () => {
    const port = await freePort();
    const canary = await openCanary({ url: `http://192.0.2.7:${port}` }, false, await createSigningKey());
    const place = canary!.place({ kids: ['a'] });
    const answer = await fetch(place.url.replace('192.0.2.7', '127.0.0.1'));
    await canary?.close();
    expect([answer.status, place.fetched().length]).toEqual([200, 1]);
  });
});

describe('--allow-secret-probes', () => {
  test('finds a gateway for which the secret of a client is a key', async () => {
    const { code, statusOf, stdout } = await verify(shared, '--profile', 'full', '--allow-secret-probes');
    expect([code, statusOf('hmac-own-secret')]).toEqual([1, ['fail']]);
    expect(stdout).not.toContain('secret-of-good');
  });

  test.each([
    ['is not given', []],
    ['is given for a target that is treated as a remote one', ['--allow-secret-probes', '--gentle', '--rate', '1000']],
  ])('where it %s, no token is signed with a secret', async (_, args) => {
    const { code, statusOf } = await verify(shared, '--profile', 'full', ...args);
    expect([code, statusOf('hmac-own-secret')]).toEqual([0, ['skip']]);
  });
});
