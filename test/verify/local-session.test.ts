import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { apiRulesDigest } from '../../src/model/api-rules-digest';
import type { LocalSession } from '../../src/model/local-session';
import { readManifests } from '../../src/model/read-manifests';
import { startGateway } from '../gateways/gateway';
import { startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import type { RunningServer } from '../support/http-server';
import { endedProcess, leaveSession } from '../support/local-session';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, host, manifestFor } from '../support/verify-deployment';

let issuer: TestIssuer;
let gateway: RunningServer;
let asked = 0;

beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
  gateway = await startGateway(issuer, (sound) => ({ route: (request) => ((asked += 1), sound.route(request)) }));
});
beforeEach(() => (asked = 0));
afterAll(() => Promise.all([issuer.close(), gateway.close()]));

/** `verify --local` of `given` while local runs the usual manifest. */
async function verify(
  given: string,
  args: readonly string[] = [],
  session: Partial<LocalSession> = {},
  files: Record<string, string> = {},
) {
  const cwd = temporaryFolder(files);
  writeFileSync(join(cwd, 'given.json'), given);
  await leaveSession(cwd, issuer, { url: gateway.url, manifest: manifestFor(issuer), ...session });
  const captured = captureIo({ cwd });
  const code = await main(['verify', join(cwd, 'given.json'), '--local', ...args], captured.io, '1.2.3');
  return { code, stdout: captured.stdout(), stderr: captured.stderr() };
}

const production = (): string => manifestFor(issuer).replace(host, 'orders.example.com');

test('what local runs is verified with what local left', async () => {
  const { code, stdout } = await verify(manifestFor(issuer));
  expect([code, stdout]).toEqual([0, expect.stringContaining('protected')]);
});

test('the same rules pass when they are written and named otherwise', async () => {
  const { metadata, spec, ...kind } = JSON.parse(manifestFor(issuer)) as Record<string, unknown>;
  expect((await verify(JSON.stringify({ spec, metadata, ...kind }, null, 4), ['--plan'])).code).toBe(0);
});

test.each([
  ['as they are', []],
  ['with a scope', ['--scope', '*.example.com']],
  ['with a plan', ['--plan', '--scope', '*.example.com']],
])('manifests with another host are refused, %s', async (_, args) => {
  const { code, stderr } = await verify(production(), args);
  expect(stderr).toContain(`local runs other manifests: it serves ${host}, the manifests name orders.example.com`);
  expect([code, stderr.includes('name the host with --scope'), asked]).toEqual([2, false, 0]);
});

test('rules that differ from those that local runs are refused', async () => {
  const { code, stderr } = await verify(manifestFor(issuer).replace('/healthz', '/health'));
  expect(stderr).toMatch(/local runs other APIRules than these[^]*Restart local/);
  expect([code, asked]).toEqual([2, 0]);
});

test('a target that is another machine is refused, in scope or not', async () => {
  const { code, stderr } = await verify(manifestFor(issuer), [
    '--target',
    `${host}=https://orders.example.com`,
    '--scope',
    '*.example.com',
  ]);
  expect(stderr).toContain(`--target ${host}=https://orders.example.com stands beside --local`);
  expect([code, asked]).toEqual([2, 0]);
});

test.each([
  ['as it is', 'other.json', 'https://other.example/oauth/token'],
  ['under a name', 'xsuaa=other.json', 'xsuaa'],
])('a key that fits no issuer of the rules is refused %s, with the issuers that there are', async (_, argument, own) => {
  const key = { clientid: 'c', clientsecret: 'secret-of-another', url: 'https://other.example' };
  const { code, stderr } = await verify(manifestFor(issuer), ['--credentials', argument], {}, { 'other.json': JSON.stringify(key) });
  expect(stderr).toContain(`--credentials ${argument} is for ${own}, which no rule trusts; the rules trust ${issuer.issuer}`);
  expect([code, asked, stderr.includes(key.clientsecret)]).toEqual([2, 0, false]);
});

test('a target on this machine is taken', async () => {
  const { code } = await verify(manifestFor(issuer), ['--target', `${host}=${gateway.url}`], { targets: { [host]: 'http://127.0.0.1:9' } });
  expect([code, asked > 0]).toEqual([0, true]);
});

test('a wildcard host that local runs is asked under the name of its sample', async () => {
  const [wildcard, profile] = [`*${host.slice(host.indexOf('.'))}`, ['--profile', 'smoke']];
  const manifest = manifestFor(issuer).replace(host, wildcard);
  const session = { targets: { [wildcard]: gateway.url }, inputDigest: apiRulesDigest(readManifests(manifest, 'x').manifests) };
  const { code, stdout } = await verify(manifest, ['--sample', `${wildcard}=${host.split('.')[0]}`, ...profile], session);
  expect([code, stdout]).toEqual([0, expect.stringContaining(`GET ${host}/orders`)]);
});

test('a local that has ended is not asked', async () => {
  const { code, stderr } = await verify(manifestFor(issuer), [], { pid: endedProcess() });
  expect(stderr).toContain('local is not running any more');
  expect([code, asked]).toEqual([2, 0]);
});
