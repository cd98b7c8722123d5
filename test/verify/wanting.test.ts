import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import type { RunningServer } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, host, manifestFor } from '../support/verify-deployment';
import { createSigningKey, privateJwk } from '../../src/token/sign';

let issuer: TestIssuer;
let gateway: RunningServer;
let folder: string;

beforeAll(async () => {
  const keys = await createDeploymentKeys();
  issuer = await startIssuer(keys.issuer);
  gateway = await startGateway(issuer);
  folder = temporaryFolder();
  await writeFile(join(folder, 'api-rule.json'), manifestFor(issuer));
  await writeFile(join(folder, 'good.json'), serviceKey(issuer, 'good'));
  await writeFile(join(folder, 'test-key.json'), JSON.stringify(await privateJwk(keys.issuer)));
  await writeFile(join(folder, 'old-key.json'), JSON.stringify(await privateJwk(await createSigningKey())));
});
afterAll(() => Promise.all([issuer.close(), gateway.close()]));

async function verify(...args: string[]) {
  const captured = captureIo({ cwd: folder });
  const at = ['--target', `${host}=${gateway.url}`, '--credentials', 'good.json', '--only', `GET ${host}/orders`];
  const code = await main(['verify', join(folder, 'api-rule.json'), ...at, ...args], captured.io, '1.2.3');
  return { code, stdout: captured.stdout(), stderr: captured.stderr() };
}

async function reported(...args: string[]) {
  const { stdout } = await verify('--format', 'json', ...args);
  const { results, data } = JSON.parse(stdout) as {
    results: { id: string; status: string; message: string }[];
    data: { notes: string[]; limits: string[]; matrix: { routes: { cells: Record<string, { status: string }> }[] } };
  };
  const message = (id: string): string | undefined => results.find((result) => result.id === id)?.message;
  return { message, data, claims: data.matrix.routes[0]?.cells['claims']?.status };
}

describe('what was not tried for want of a key', () => {
  test('is said by the claim, the matrix, the notes and the limits of a run that passes', async () => {
    const { message, data, claims } = await reported();
    expect(message('protected')).toMatch(/^the good token gets in, and none of the hostile ones did; not tried: .*expired-token/);
    expect(claims).toBe('part');
    const note = expect.stringMatching(/^Not tried at 1 route: .*expired-token.*wrong-audience.* \(needs --signing-key with a private key/);
    expect([data.notes, data.limits]).toEqual([expect.arrayContaining([note]), expect.arrayContaining([note])]);
  });

  test('stands in the matrix and in the verdict of the page', async () => {
    const [text, page] = [await verify(), await verify('--format', 'html')];
    expect(text.stdout).toMatch(/GET orders\.example\.test\/orders .* part /);
    expect(page.stdout).toMatch(/claims are proven as far as they were tried; \d probes of weight were not/);
  });

  test('is told with the reason when the key that is given is none of the issuer', async () => {
    const { message, claims } = await reported('--signing-key', 'old-key.json');
    expect(message('wrong-audience')).toBe(
      `needs --signing-key with a private key of a test issuer; ${issuer.issuer} publishes none of those given for signatures`,
    );
    expect(claims).toBe('part');
  });

  test('is nothing once the key is there', async () => {
    const { data, claims, message } = await reported('--signing-key', 'test-key.json');
    expect(data.notes.filter((note) => /^Not tried.*wrong-audience/.test(note))).toEqual([]);
    expect([claims, message('expired-token')]).toEqual([expect.any(String), expect.stringMatching(/^refused/)]);
  });
});

describe('--require-probe', () => {
  test.each([
    ['that needs a key', ['--require-probe', 'expired-token'], 1, /expired-token was not tried: needs --signing-key/],
    ['that the profile leaves out', ['--require-probe', 'old-tls'], 1, /old-tls was not tried: it runs from profile full on/],
    ['that was tried', ['--require-probe', 'alg-none'], 0, /^/],
    ['whose server is switched off', ['--require-probe', 'key-url', '--canary', 'off'], 1, /key-url was not tried: needs --canary/],
    ['for which there is nothing to try', ['--require-probe', 'write-only'], 1, /write-only was not tried: /],
    ['that needs another issuer', ['--require-probe', 'issuer-of-another-rule'], 1, /issuer-of-another-rule was not tried: needs /],
    ['whose key is there', ['--require-probe', 'expired-token', '--signing-key', 'test-key.json'], 0, /^/],
  ])('a probe %s', async (_, args, code, message) => {
    const outcome = await verify(...args);
    expect([outcome.code, outcome.stdout]).toEqual([code, expect.stringMatching(message)]);
  });

  test('a probe that there is not is refused with the one that was meant', async () => {
    const { code, stderr } = await verify('--require-probe', 'expired-tokn');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/"expired-tokn", which is no probe[^]*Did you mean expired-token\?/)]);
  });
});
