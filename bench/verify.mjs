// Client CPU time per request: a whole run of verify against a bare axios loop that replays the same requests with the same concurrency.
// The fixed costs of a run (a key pair, the good tokens) are part of the count. Both alternate in one process; the target is a process of its own. Run `npm run build` first.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL, fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const routes = 120;
const concurrency = 8;
const rounds = 7;
const limit = 1.5;

/** Measures both and tells whether the limit holds. */
export async function benchVerify() {
  const target = fork(fileURLToPath(new URL('verify-target.mjs', import.meta.url)));
  try {
    const [addresses] = await once(target, 'message');
    return await measure(target, addresses);
  } finally {
    target.disconnect();
  }
}

async function measure(target, addresses) {
  const verify = await verifier(addresses);
  const own = [];
  const bare = [];
  let requests = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const run = await cpuOf(verify);
    target.send('recorded');
    const [{ recorded }] = await once(target, 'message');
    const replay = await cpuOf(() => replayed(addresses.gateway, recorded));
    target.send('recorded');
    await once(target, 'message');
    requests = recorded.length;
    // The first round warms up.
    if (round > 0) {
      own.push(run / requests);
      bare.push(replay / requests);
    }
  }
  // Pairs of one round ran under the same load of the machine.
  const ratio = median(own.map((ms, i) => ms / bare[i]));
  return { requests, ownMs: median(own), bareMs: median(bare), ratio, limit, ok: ratio <= limit };
}

async function verifier({ gateway, issuer, key }) {
  const { runVerify } = require('../lib/src/verify/verify.js');
  const { readManifests } = require('../lib/src/model/read-manifests.js');
  const { parseCredentials } = require('../lib/src/token/parse-credentials.js');
  const { signingKeyOf } = require('../lib/src/token/sign.js');
  const host = 'bench.example.com';
  const jwt = { authentications: [{ issuer: `${issuer}/oauth/token`, jwksUri: `${issuer}/token_keys` }] };
  const rules = Array.from({ length: routes }, (_, i) => ({ path: `/route-${i}`, methods: ['GET'], jwt }));
  const spec = { hosts: [host], gateway: 'kyma-system/kyma-gateway', service: { name: 'bench', port: 80 }, rules };
  const text = JSON.stringify({
    apiVersion: 'gateway.kyma-project.io/v2',
    kind: 'APIRule',
    metadata: { name: 'bench', namespace: 'bench' },
    spec,
  });
  const { manifests } = readManifests(text, 'bench.json');
  const credentials = [parseCredentials(JSON.stringify({ clientid: 'c', clientsecret: 'not-a-secret', url: issuer }), 'bench')];
  const signingKeys = { byIssuer: new Map(), others: [await signingKeyOf(key)] };
  const options = { targets: { [host]: gateway }, credentials, signingKeys, concurrency };
  return async () => {
    const { results, undecided } = await runVerify({ manifests, options, tools: { runId: 'bench', userAgent: 'bench' } });
    const wrong = results.find(({ status }) => status === 'fail' || status === 'error');
    if (wrong || undecided) throw new Error(`the bench target did not pass: ${JSON.stringify(wrong)}`);
  };
}

async function replayed(base, recorded) {
  const axios = require('axios');
  const agent = new http.Agent({ keepAlive: true });
  const queue = recorded.values();
  const worker = async () => {
    for (const [method, path, raw] of queue) {
      const headers = Object.fromEntries(
        Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i], raw[2 * i + 1]]).filter(
          ([name]) => !/^(connection|content-length)$/i.test(name),
        ),
      );
      await axios.request({ method, url: base + path, headers, httpAgent: agent, validateStatus: () => true, maxRedirects: 0 });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  agent.destroy();
}

/** CPU milliseconds of this process, all threads. */
async function cpuOf(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const result = await benchVerify();
  const line = `verify: ${result.requests} requests, ${result.ownMs.toFixed(3)} ms CPU each; bare axios ${result.bareMs.toFixed(3)} ms; ratio ${result.ratio.toFixed(2)}, limit ${result.limit}`;
  process.stdout.write(`${line}\n`);
  process.exitCode = result.ok ? 0 : 1;
}
