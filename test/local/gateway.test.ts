import { createServer } from 'node:http';
import { claimsOf } from '../../src/local/issuer-claims';
import { closeServer, listen } from '../../src/local/listen';
import type { RunningLocal } from '../../src/local/start-local';
import { signToken } from '../../src/token/sign';
import { apiRuleManifest, functionManifest, jwt, manifestOf, xsuaaManifests } from '../support/local-manifests';
import { call, run, tokenOf } from '../support/local-run';
import { buildRuntime, LineLog, temporaryFolder } from '../support/local-runtime';

const folder = temporaryFolder();
const log = new LineLog();
const first: [string, string] = ['https://a.authentication.example.com/oauth/token', 'https://a.authentication.example.com/token_keys'];
const second: [string, string] = ['https://id.example.com/realms/x', 'https://id.example.com/realms/x/protocol/openid-connect/certs'];
const own = createServer((request, response) => response.end(`own ${request.headers.host ?? ''} ${request.url ?? ''}`));

const show = `const fs = require('node:fs');
exports.main = async (event) => {
  const { request, response } = event.extensions;
  if (request.path === '/slow') await new Promise((resolve) => setTimeout(resolve, 5000));
  if (request.path === '/end') process.exit(0);
  if (request.path === '/secret') return fs.readFileSync(process.env.SERVICE_BINDING_ROOT + '/uaa/clientid', 'utf8') + ' ' + process.env.FROM_SECRET;
  response.set('Access-Control-Allow-Methods', 'DELETE').set('X-Own', 'kept');
  return { url: request.url, method: request.method, headers: request.headers, data: String(event.data) };
};`;

const manifests = [
  functionManifest('show', show, {
    env: [
      { name: 'SERVICE_BINDING_ROOT', value: '/bindings' },
      { name: 'FROM_SECRET', valueFrom: { secretKeyRef: { name: 'plain', key: 'k' } } },
      { name: 'ABSENT', valueFrom: { secretKeyRef: { name: 'absent', key: 'k' } } },
    ],
    secretMounts: [{ secretName: 'uaa', mountPath: '/bindings/uaa' }],
  }),
  manifestOf({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'plain', namespace: 'geo' },
    data: { k: Buffer.from('v').toString('base64') },
  }),
  ...xsuaaManifests('uaa', {}, 'app'),
  apiRuleManifest(
    'show',
    'show',
    [
      { path: '/slow', methods: ['GET'], timeout: 1, noAuth: true },
      { path: '/headers', methods: ['GET'], noAuth: true, request: { headers: { 'X-Set': 'by-gateway' }, cookies: { c: '1' } } },
      { path: '/{**}', methods: ['GET', 'POST', 'PUT', 'OPTIONS'], noAuth: true },
    ],
    {
      corsPolicy: {
        allowOrigins: [{ exact: 'https://pages.example.com' }],
        allowMethods: ['GET', 'PUT'],
        allowHeaders: ['X-A'],
        exposeHeaders: ['X-Own'],
        allowCredentials: true,
        maxAge: 300,
      },
    },
  ),
  apiRuleManifest('guarded', 'guarded', [
    { path: '/both', methods: ['GET'], ...jwt([first, second]) },
    { path: '/scoped', methods: ['GET'], ...jwt([first], [{ requiredScopes: ['app!t7.Read', 'app!t7.Write'] }]) },
  ]),
  apiRuleManifest('mine', 'mine', [{ path: '/*', methods: ['GET'], noAuth: true }]),
  apiRuleManifest('asked', 'asked', [{ path: '/*', methods: ['GET'], extAuth: { authorizers: ['somebody'] } }]),
  apiRuleManifest('gone', 'gone', [{ path: '/*', methods: ['GET'], noAuth: true }]),
];

let running: RunningLocal;

beforeAll(async () => {
  const upstreams = { 'geo/mine': await listen(own), 'geo/gone': 'http://127.0.0.1:1' };
  const entry = buildRuntime(folder.path);
  running = await run(folder.path, entry, { manifests, upstreams, issuersDown: ['id.example.com'], domain: 'example.com', log: log.add });
});

afterAll(async () => {
  await closeServer(own);
  await running.stop();
  folder.remove();
});

describe('the gateway', () => {
  const page = { origin: 'https://pages.example.com' };

  it('answers a preflight itself and removes the CORS headers of the workload', async () => {
    const preflight = await call(running, 'show.example.com', '/x', {
      method: 'OPTIONS',
      headers: { ...page, 'access-control-request-method': 'PUT' },
    });
    const plain = await call(running, 'show.example.com', '/x', { headers: page });
    const cors = ['origin', 'methods', 'headers', 'credentials'].map((name) => `access-control-allow-${name}`);
    expect([preflight.status, ...cors.map((name) => preflight.headers.get(name))]).toEqual([200, page.origin, 'GET,PUT', 'X-A', 'true']);
    expect(cors.map((name) => plain.headers.get(name))).toEqual([page.origin, null, null, 'true']);
    expect([plain.headers.get('access-control-expose-headers'), plain.headers.get('x-own')]).toEqual(['X-Own', 'kept']);
  });

  it('passes a preflight of another origin on to the workload, without CORS headers', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'PUT' };
    const { status, headers: got } = await call(running, 'show.example.com', '/x', { method: 'OPTIONS', headers });
    expect([status, got.get('access-control-allow-origin'), got.get('access-control-allow-methods')]).toEqual([200, null, null]);
  });

  it('answers 504 when the time of the rule is over', async () => {
    expect(await call(running, 'show.example.com', '/slow')).toMatchObject({ status: 504, body: 'upstream request timeout' });
  });

  it('sets the headers of the rule, replaces cookies and normalizes the path', async () => {
    const { body } = await call(running, 'show.example.com', '/a/%2e%2e/headers?q=1', {
      headers: { cookie: 'mine=1', 'x-set': 'by-client' },
    });
    expect(JSON.parse(body)).toMatchObject({
      url: '/headers?q=1',
      headers: { 'x-set': 'by-gateway', cookie: 'c=1', 'x-forwarded-host': 'show.example.com', host: 'show.example.com' },
    });
  });

  it('passes bodies on', async () => {
    const { body } = await call(running, 'show.example.com', '/x', {
      method: 'POST',
      body: 'hello',
      headers: { 'content-type': 'text/plain' },
    });
    expect(JSON.parse(body)).toMatchObject({ method: 'POST', data: 'hello' });
  });

  it('reaches a workload given with --upstream, and says when it is not there', async () => {
    expect((await call(running, 'mine.example.com', '/p?q')).body).toBe('own mine.example.com /p?q');
    expect(await call(running, 'gone.example.com', '/')).toMatchObject({
      status: 503,
      body: expect.stringContaining('upstream connect error') as string,
    });
  });

  it('lets nobody through where somebody else would decide, and says so instead of refusing', async () => {
    const { status, body } = await call(running, 'asked.example.com', '/');
    expect([status, body]).toEqual([503, expect.stringMatching(/^kyma-guard local cannot decide: unknown because .*somebody/)]);
    expect(log.lines.join('\n')).toContain('gateway: cannot decide about GET asked.example.com');
  });

  it('mounts bindings below SERVICE_BINDING_ROOT and reads Secrets of the input', async () => {
    expect((await call(running, 'show.example.com', '/secret')).body).toBe('sb-app!t7 v');
    expect(log.lines).toContain('[geo/show] env ABSENT is left out: its source is not in the input');
  });

  it('answers 503 while the process of a Function is down and works when it is back', async () => {
    expect((await call(running, 'show.example.com', '/end')).status).toBe(503);
    await log.until('[geo/show] running again');
    expect((await call(running, 'show.example.com', '/x')).status).toBe(200);
  });
});

describe('an issuer that does not answer', () => {
  it('gets no token out, while the other issuer works', async () => {
    const [alive, down] = running.issuers;
    await expect(tokenOf(down)).rejects.toThrow('fetch failed');
    expect((await call(running, 'guarded.example.com', '/both', { token: await tokenOf(alive) })).status).toBe(200);
  });

  it('has its tokens refused as Istio does', async () => {
    const down = running.issuers[1];
    const [key] = down?.keys() ?? [];
    if (!down || !key) throw new Error('no issuer');
    const now = Math.floor(Date.now() / 1000);
    const token = await signToken(key, {
      claims: claimsOf({ form: 'keycloak', issuer: second[0], client: down.plan.accepted, scopes: [], now, id: 'x' }),
    });
    expect(await call(running, 'guarded.example.com', '/both', { token })).toMatchObject({ status: 401, body: 'Jwt verification fails' });
  });
});

describe('tokens of the XSUAA issuer', () => {
  it('carry every scope that the rules ask for', async () => {
    const issuer = running.issuers[0];
    expect((await call(running, 'guarded.example.com', '/scoped', { token: await tokenOf(issuer) })).status).toBe(200);
    expect(issuer?.refused).toBeUndefined();
  });
});
