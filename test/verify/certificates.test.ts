import { createServer } from 'node:https';
import { main } from '../../src/cli/main';
import type { CheckResult } from '../../src/model/check-result';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { behindTls } from '../gateways/tls-front';
import { captureIo } from '../support/fake-io';
import { selfSigned } from '../support/self-signed';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, host, manifestFor } from '../support/verify-deployment';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
});
afterAll(() => issuer.close());

async function verify(url: string, files: Record<string, string>, ...args: string[]) {
  const cwd = temporaryFolder({ 'rule.json': manifestFor(issuer), 'good.json': serviceKey(issuer, 'good'), ...files });
  const captured = captureIo({ cwd });
  const usual = ['--target', `${host}=${url}`, '--credentials', 'good.json', '--issuer', `${issuer.issuer}=${issuer.url}`];
  const what = ['--profile', 'smoke', '--only', `GET ${host}/orders`];
  const reports = ['--report', 'json=r.json', '--report', 'html=r.html'];
  await main(['verify', `${cwd}/rule.json`, ...usual, ...what, ...reports, ...args], captured.io, '1.2.3');
  const read = (name: string): Promise<string> => captured.io.files.readText(`${cwd}/${name}`);
  const report = JSON.parse(await read('r.json')) as { results: CheckResult[]; data: { notes: string[] } };
  return { ...report, text: captured.stdout(), html: await read('r.html') };
}

test.each<[string, string, readonly [number, number], boolean, RegExp]>([
  ['that has ended', host, [-60, -30], true, /has ended: renew it/],
  ['that is not valid yet', host, [30, 60], true, /not valid yet/],
  ['for another name', 'else.example.test', [-30, 30], true, /for other names/],
  ['that nobody signed', host, [-30, 30], false, /signed by itself.*--ca FILE/],
])('the fix for a certificate %s speaks of that', async (_, name, minutes, isTrusted, fix) => {
  const certificate = selfSigned(name, minutes);
  const server = createServer(certificate, (__, response) => response.end('{}'));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const trust = isTrusted ? ['--ca', 'ca.pem'] : [];
  const { results } = await verify(`https://127.0.0.1:${port}`, { 'ca.pem': certificate.cert }, ...trust);
  server.close();
  expect(results.find(({ id }) => id === 'control')?.fix).toMatch(fix);
});

test('a report says that certificates were not checked, in every form', async () => {
  const gateway = await behindTls(issuer, {}, []);
  const { data, text, html } = await verify(gateway.url, {}, '--insecure-tls');
  await gateway.close();
  const said = [data.notes.join('\n'), text, html].map((one) => one.includes('certificates of the targets were not checked'));
  expect(said).toEqual([true, true, true]);
});

test('nothing is said of certificates where there are none', async () => {
  const gateway = await startGateway(issuer);
  const { data } = await verify(gateway.url, {}, '--insecure-tls');
  await gateway.close();
  expect(data.notes.join('\n')).not.toContain('certificates');
});
