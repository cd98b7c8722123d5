// Requests per second with a JWT through the embedded gateway and through Envoy, as ratios to the bare workload in the same run, and what
// starting costs with 1, 100 and 1,000 APIRules. Needs an Envoy on the PATH or in KYMA_GUARD_ENVOY for its half. Run `npm run build` first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const connections = 16;
const measureMs = 3000;
const issuer = 'https://id.example.com/realms/main';

const workloadCode = `
const body = JSON.stringify({ items: Array.from({ length: 8 }, (_, i) => ({ title: 'place ' + i })) });
require('node:http').createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;

function manifestsFor(count) {
  const { readManifests } = require('../lib/src/model/read-manifests.js');
  const jwt = { authentications: [{ issuer, jwksUri: `${issuer}/certs` }], authorizations: [{ requiredScopes: ['read'] }] };
  const items = Array.from({ length: count }, (_, i) => [
    {
      apiVersion: 'gateway.kyma-project.io/v2',
      kind: 'APIRule',
      metadata: { name: `orders-${i}`, namespace: 'shop' },
      spec: {
        hosts: [`orders-${i}.example.com`],
        gateway: 'kyma-system/kyma-gateway',
        service: { name: `orders-${i}`, port: 80 },
        rules: [
          { path: '/health', methods: ['GET'], noAuth: true },
          { path: '/orders/{*}', methods: ['GET'], jwt },
        ],
      },
    },
  ]).flat();
  return readManifests(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }), 'bench.yaml').manifests;
}

async function start(gateway, count, workload) {
  const { startLocal } = require('../lib/src/local/start-local.js');
  const { diskFiles } = require('../lib/src/files/files.js');
  const folder = await mkdtemp(join(tmpdir(), 'kyma-guard-bench-'));
  const began = performance.now();
  const running = await startLocal({
    manifests: manifestsFor(count),
    files: diskFiles,
    folder: join(folder, 'run'),
    upstreams: Object.fromEntries(Array.from({ length: count }, (_, i) => [`shop/orders-${i}`, workload])),
    searchPath: process.env.PATH ?? '',
    gateway,
    ...(process.env.KYMA_GUARD_ENVOY && { envoyProgram: process.env.KYMA_GUARD_ENVOY }),
    log: () => undefined,
  });
  const ms = performance.now() - began;
  const stop = async () => {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { running, ms, stop };
}

async function tokenFrom(running) {
  const [local] = running.issuers;
  const { plan, secret } = local.accepted;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: plan.clientId, client_secret: secret });
  const answer = await fetch(`${local.base}${new URL(local.plan.tokenEndpoint).pathname}`, { method: 'POST', body });
  return (await answer.json()).access_token;
}

/** Requests per second over a few kept connections. */
async function rate(url, headers) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  const once = () =>
    new Promise((resolve, reject) => {
      http
        .get({ hostname, port, path: '/orders/1', headers, agent }, (answer) => {
          if (answer.statusCode !== 200) reject(new Error(`answered ${answer.statusCode}`));
          answer.resume().on('end', resolve);
        })
        .on('error', reject);
    });
  const run = async (until) => {
    let done = 0;
    for (; performance.now() < until; done += 1) await once();
    return done;
  };
  const loop = async (ms) => {
    const until = performance.now() + ms;
    const counts = await Promise.all(Array.from({ length: connections }, () => run(until)));
    return (counts.reduce((sum, one) => sum + one, 0) / ms) * 1000;
  };
  await loop(500);
  const found = await loop(measureMs);
  agent.destroy();
  return found;
}

/** Measures and prints; never fails for being slow: nothing is promised about speed. */
export async function benchLocal() {
  const workload = spawn(process.execPath, ['-e', workloadCode], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = await once(workload.stdout, 'data');
    const url = `http://127.0.0.1:${String(port).trim()}`;
    const bare = await rate(url, { host: 'orders-0.example.com' });
    process.stdout.write(`bare workload: ${Math.round(bare)} requests per second\n`);
    for (const gateway of ['embedded', 'envoy']) await measure(gateway, url, bare);
  } finally {
    workload.kill();
  }
}

async function measure(gateway, url, bare) {
  for (const count of [1, 100, 1000]) {
    let local;
    try {
      local = await start(gateway, count, url);
    } catch (error) {
      process.stdout.write(`${gateway}: not measured (${error.message})\n`);
      return;
    }
    try {
      process.stdout.write(`${gateway}: ${count} APIRules start in ${Math.round(local.ms)} ms\n`);
      if (count > 1) continue;
      const token = await tokenFrom(local.running);
      const found = await rate(local.running.session.targets['orders-0.example.com'], {
        host: 'orders-0.example.com',
        authorization: `Bearer ${token}`,
      });
      process.stdout.write(
        `${gateway}: ${Math.round(found)} requests per second with a JWT, ${(found / bare).toFixed(2)} of the bare workload\n`,
      );
    } finally {
      await local.stop();
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await benchLocal();
