import { createServer } from 'node:https';
import { request } from 'node:http';
import { main } from '../../src/cli/main';
import { createSigningKey } from '../../src/token/sign';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer } from '../gateways/issuer';
import { serveConnectProxy } from '../support/connect-proxy';
import { serviceKey as anyKey } from '../support/credentials';
import { captureIo } from '../support/fake-io';
import { serve } from '../support/http-server';
import { serveTokenEndpoint } from '../support/recording-token-endpoint';
import { selfSigned } from '../support/self-signed';
import { temporaryFolder } from '../support/temporary-folder';
import { host, manifestFor } from '../support/verify-deployment';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
async function keep<T extends { close(): unknown }>(starting: T | Promise<T>): Promise<T> {
  const one = await starting;
  open.push(one);
  return one;
}

test('a token comes from an issuer behind a proxy, with an authority of its own', async () => {
  const { cert, key } = selfSigned('issuer.example.com');
  const endpoint = await keep(serveTokenEndpoint(() => [200, { access_token: 'a1b2.c3.d4' }], createServer({ cert, key })));
  const proxy = await keep(serveConnectProxy(() => endpoint));
  const cwd = temporaryFolder({ 'key.json': JSON.stringify(anyKey({ url: 'https://issuer.example.com' })), 'ca.pem': cert });
  const captured = captureIo({ cwd, env: { HTTPS_PROXY: proxy.url } });
  expect(await main(['token', '--credentials', `${cwd}/key.json`, '--ca', 'ca.pem'], captured.io, '1.2.3')).toBe(0);
  expect([captured.stdout(), proxy.asked]).toEqual(['a1b2.c3.d4\n', ['issuer.example.com:443']]);
});

/** The sound gateway with TLS in front, for its real name. */
async function deployment(toTarget: (port: number) => number | { port: number }) {
  const issuer = await keep(startIssuer(await createSigningKey()));
  const gateway = await keep(startGateway(issuer));
  const { cert, key } = selfSigned(host);
  const front = createServer({ cert, key }, (incoming, response) => {
    const { method, url: path, headers } = incoming;
    const onward = request({ port: gateway.port, host: '127.0.0.1', method, path, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  const tls = await keep(serve(() => undefined, front));
  const proxy = await keep(serveConnectProxy(() => toTarget(tls.port)));
  const cwd = temporaryFolder({ 'api-rule.json': manifestFor(issuer), 'key.json': serviceKey(issuer, 'good'), 'ca.pem': cert });
  const captured = captureIo({ cwd, env: { https_proxy: proxy.url.replace('//', '//ada:not-a-secret@') } });
  const place = [
    '--scope',
    host,
    '--only',
    `GET ${host}/orders`,
    '--profile',
    'smoke',
    '--rate',
    '1000',
    '--ca',
    'ca.pem',
    '--format',
    'json',
  ];
  const code = await main(['verify', `${cwd}/api-rule.json`, '--credentials', 'key.json', ...place], captured.io, '1.2.3');
  const { results, run } = JSON.parse(captured.stdout()) as {
    results: { id: string; status: string; message: string; actual?: string }[];
    run: { vantage: string };
  };
  return {
    code,
    results,
    vantage: run.vantage,
    stdout: captured.stdout(),
    proxy: new URL(proxy.url).host,
    asked: new Set(proxy.asked),
    stderr: captured.stderr(),
  };
}

const statuses = (results: { id: string; status: string }[]): unknown =>
  Object.fromEntries(results.filter(({ id }) => id === 'protected' || id === 'closed-to-anonymous').map(({ id, status }) => [id, status]));

test('a deployment behind a proxy is proven as any other', async () => {
  const { code, results, asked, vantage, proxy, stdout } = await deployment((port) => ({ port }));
  expect([code, statuses(results)]).toEqual([0, { protected: 'pass', 'closed-to-anonymous': 'pass' }]);
  expect(asked).toEqual(new Set([`${host}:443`]));
  expect(vantage).toBe(`the network of this machine, through the proxy ${proxy}`);
  expect(stdout).not.toMatch(/not-a-secret|ada:/);
});

test('a proxy that refuses everything proves nothing: its 403 is not one of the gateway', async () => {
  const { code, results } = await deployment(() => 403);
  expect([code, statuses(results)]).toEqual([3, { protected: 'error', 'closed-to-anonymous': 'error' }]);
});
