import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import type { Report } from '../../src/report/report';
import { readsOnly } from '../support/verify-report';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import type { RunningServer } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, host, manifestOf } from '../support/verify-deployment';

let issuer: TestIssuer;
let gateway: RunningServer;
let folder: string;

/** Accepts what the weak gateway of a JWT rule lets through, with a last day and a reason; an external authorizer stays undecided. */
beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
  gateway = await startGateway(issuer, readsOnly, (weak) => ({
    route: ({ path }) => (['/orders', '/ext'].includes(path) ? 'protected' : 'none'),
    tokenOf(request) {
      const token = weak.tokenOf(request);
      return request.path !== '/ext' && token?.startsWith('ey') ? token : undefined;
    },
  }));
  const rules = manifestOf(
    (jwt) => [
      { path: '/orders', methods: ['GET'], jwt },
      { path: '/ext', methods: ['GET'], extAuth: { authorizers: ['oauth2-proxy'] } },
    ],
    issuer,
  );
  folder = temporaryFolder({ 'rule.json': rules, 'good.json': serviceKey(issuer, 'good') });
  await verify('text', '--update-baseline');
  const { accepted } = JSON.parse(await captureIo().io.files.readText(join(folder, 'accepted.json'))) as { accepted: object[] };
  const noted = accepted.map((entry) => ({ ...entry, until: '2026-03-31', reason: 'the gateway is renewed in March' }));
  await writeFile(join(folder, 'accepted.json'), JSON.stringify({ version: 1, accepted: noted }));
});
afterAll(() => Promise.all([issuer.close(), gateway.close()]));

async function verify(format: string, ...args: string[]): Promise<{ code: number; stdout: string }> {
  const captured = captureIo({ cwd: folder });
  const usual = ['--target', `${host}=${gateway.url}`, '--credentials', 'good.json', '--baseline', 'accepted.json'];
  const code = await main(['verify', join(folder, 'rule.json'), ...usual, '--format', format, ...args], captured.io, '1.2.3');
  return { code, stdout: captured.stdout() };
}

/** The part of a report below its heading of accepted risks. */
const sections: Readonly<Record<string, (text: string) => string | undefined>> = {
  text: (text) => /\nAccepted risks\n([^]*?)\n\n/.exec(text)?.[1],
  markdown: (text) => /\n### Accepted risks\n([^]*?)\n###/.exec(text)?.[1],
  html: (text) => /<h2 id="accepted-title">Accepted risks<\/h2>([^]*?)<\/section>/.exec(text)?.[1],
};

test.each(Object.keys(sections))('%s lists accepted risks: what, where, by whom, until when and why', async (format) => {
  const { code, stdout } = await verify(format, '--accept-undecided', `GET ${host}/ext`);
  const section = sections[format]?.(stdout) ?? '';
  for (const part of ['foreign-key', `GET ${host}/orders`, 'baseline', '2026-03-31', 'the gateway is renewed in March'])
    expect(section).toContain(part);
  for (const part of ['protected', `GET ${host}/ext`, 'option', 'no end', 'it may stay undecided']) expect(section).toContain(part);
  expect(code).toBe(0);
});

test('what is accepted is never shown as proven, and what may not stay undecided counts', async () => {
  const { code, stdout } = await verify('json');
  const { results, data } = JSON.parse(stdout) as Report & {
    data: { claims: { claim: string; status: string; route: { path: string } }[] };
  };
  expect([code, results.filter(({ suppressed }) => suppressed?.by === 'option')]).toEqual([3, []]);
  const orders = data.claims.filter(({ route, status }) => route.path === '/orders' && status === 'pass');
  // The gateway refuses who has no token; nothing else of it is sound.
  expect(orders.map(({ claim }) => claim)).toEqual(['closed-to-anonymous']);
});
