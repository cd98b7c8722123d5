import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalIssuer } from '../../src/local/issuer-server';
import type { RunningLocal } from '../../src/local/start-local';
import { call, manifestsIn, run, tokenOf } from '../support/local-run';
import { buildRuntime, temporaryFolder, untilGone } from '../support/local-runtime';

const folder = temporaryFolder();
const domain = 'c-7f31d2a.kyma.ondemand.com';
const location = `location.${domain}`;
let running: RunningLocal;

beforeAll(async () => {
  running = await run(folder.path, buildRuntime(folder.path), { manifests: await manifestsIn('dist/dev') });
});

afterAll(async () => {
  await running.stop();
  folder.remove();
});

function issuerOf(host: string): LocalIssuer | undefined {
  return running.issuers.find(({ plan }) => plan.issuer.includes(host));
}

describe('the example on this machine', () => {
  it.each(['authentication.eu10', 'id.example.com'])('opens for a token of %s', async (issuer) => {
    const { status, body } = await call(running, location, '/here_location?location=tokyo', { token: await tokenOf(issuerOf(issuer)) });
    expect([status, body]).toEqual([200, expect.stringContaining('"Tokyo')]);
  });

  it.each<[string, string, { method?: string; token?: string; headers?: Record<string, string> }, number, string]>([
    [location, '/here_location', {}, 403, 'RBAC: access denied'],
    [location, '/here_location', { headers: { authorization: 'Basic YTpi' } }, 403, 'RBAC: access denied'],
    [
      location,
      '/here_location',
      { token: 'garbage' },
      401,
      'Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections',
    ],
    [location, '/here_location', { token: 'a.b.c' }, 401, 'Jwt header is an invalid Base64url encoded'],
    [
      location,
      '/here_location?access_token=x.y',
      {},
      401,
      'Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections',
    ],
    [location, '/here_location', { method: 'POST' }, 404, ''],
    [location, '/else', {}, 404, ''],
    [location, '/here_location/', {}, 404, ''],
    [`location-partners.${domain}`, '/here_location', {}, 403, 'RBAC: access denied'],
    [`ecptoken.${domain}`, '/getecptoken', {}, 403, 'RBAC: access denied'],
    [`ecptoken.${domain}`, '/x/../getecptoken', {}, 403, 'RBAC: access denied'],
    [`orders.${domain}`, '/orders/1', {}, 403, 'RBAC: access denied'],
  ])('answers %s%s %j with %i', async (host, path, init, status, body) => {
    const { status: got, body: text } = await call(running, host, path, init);
    expect([got, text]).toEqual([status, body]);
  });

  it('answers an unknown host with 404 and a host with a foreign port with 403 or 404, never with content', async () => {
    expect((await call(running, location, '/here_location', { headers: { host: 'other.example.com' } })).status).toBe(404);
    expect([403, 404]).toContain((await call(running, location, '/here_location', { headers: { host: `${location}:8443` } })).status);
  });

  it('takes its own port off the host', async () => {
    const { port } = new URL(running.session.targets[location] ?? '');
    expect((await call(running, location, '/here_location', { headers: { host: `${location}:${port}` } })).status).toBe(403);
  });

  it('names the error of a bad token to the client', async () => {
    const { headers } = await call(running, location, '/here_location?x=1', { token: 'garbage' });
    expect(headers.get('www-authenticate')).toBe(`Bearer realm="http://${location}/here_location", error="invalid_token"`);
  });

  it('serves a public path without token and the protected one of the same host with a token of the third issuer', async () => {
    const host = `ecptoken.${domain}`;
    expect(await call(running, host, '/')).toMatchObject({ status: 200, body: expect.not.stringContaining('validForSeconds') as string });
    const token = await tokenOf(issuerOf('login.partners'));
    expect(await call(running, host, '/getecptoken', { token })).toMatchObject({
      status: 200,
      body: expect.stringContaining('validForSeconds') as string,
    });
    expect((await call(running, host, '/', { token: 'garbage' })).status).toBe(401);
  });

  it('refuses a valid token of a client without the audience', async () => {
    const issuer = issuerOf('authentication.eu10');
    const token = await tokenOf(issuer, issuer?.refused);
    expect(await call(running, location, '/here_location', { token })).toMatchObject({ status: 403, body: 'RBAC: access denied' });
  });

  it('gives pages of other origins no CORS header, not even the one of the Function', async () => {
    const token = await tokenOf(issuerOf('id.example.com'));
    const { status, headers } = await call(running, location, '/here_location?location=lima', {
      token,
      headers: { origin: 'https://evil.example' },
    });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });

  it('lets an echo server stand for a Service and shows it no token', async () => {
    const token = await tokenOf(issuerOf('authentication.eu10'));
    const { status, body } = await call(running, `orders.${domain}`, `/orders/7?copy=${token}`, {
      token,
      headers: { cookie: `t=${token}` },
    });
    expect(JSON.parse(body)).toMatchObject({
      service: 'shop/orders',
      method: 'GET',
      path: '/orders/7?copy=[redacted]',
      headers: { 'x-forwarded-host': `orders.${domain}`, authorization: '[redacted]', cookie: '[redacted]' },
    });
    expect([status, body.includes('eyJ')]).toEqual([200, false]);
  });

  // The server closes while the client still writes, so the answer itself may be lost on the way.
  it('refuses a header that Envoy would refuse for its size', async () => {
    const headers = { 'x-long': 'a'.repeat(70_000) };
    const outcome = call(running, location, '/here_location', { method: 'GET', headers }).then(
      ({ status }) => status,
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    );
    expect([431, 'ECONNRESET', 'EPIPE']).toContain(await outcome);
  });
});

describe('what a run leaves for verify', () => {
  it('names hosts, issuers and files', () => {
    const { targets, issuers, credentials, denyCredentials } = running.session;
    expect(Object.keys(targets)).toEqual(['ecptoken', 'location-partners', 'location', 'orders'].map((host) => `${host}.${domain}`));
    expect(Object.keys(issuers)).toEqual(credentials.map(({ issuer }) => issuer));
    expect(denyCredentials).toHaveLength(3);
  });

  it('keeps every secret in files of mode 0600 in folders of mode 0700', () => {
    const { credentials, denyCredentials, signingKeys, bindings } = running.session;
    const files = [...credentials, ...denyCredentials].map(({ path }) => path);
    expect([signingKeys, ...files, join(bindings, 'geo-xsuaa/clientsecret')].map((path) => statSync(path).mode & 0o777)).toEqual(
      Array(8).fill(0o600),
    );
    expect([bindings, join(bindings, 'geo-xsuaa'), join(signingKeys, '..')].map((path) => statSync(path).mode & 0o777)).toEqual([
      0o700, 0o700, 0o700,
    ]);
  });

  it('writes the binding that a pod would see, with the credentials of the local issuer', () => {
    const { bindings, issuers } = running.session;
    const read = (name: string): string => readFileSync(join(bindings, 'geo-xsuaa', name), 'utf8');
    expect([read('type'), read('xsappname'), read('url')]).toEqual(['xsuaa', 'geo-locations!t482913', Object.values(issuers)[0]]);
  });

  it('is gone after stop, with every process', async () => {
    const other = await run(join(folder.path, 'other'), join(folder.path, 'runtime.cjs'), { manifests: await manifestsIn('dist/dev') });
    const pids = Object.values(other.pids());
    await Promise.all([other.stop(), other.stop()]);
    await Promise.all(pids.map(untilGone));
    expect([pids.length, statSync(join(folder.path, 'other/run'), { throwIfNoEntry: false })]).toEqual([2, undefined]);
  });
});
