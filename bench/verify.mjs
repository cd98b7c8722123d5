// Client CPU time per request, duration and memory: whole runs of verify (`standard` on 120 routes, `smoke` on 1,000, `full` on one and on the local example) against a bare axios loop that replays the same requests.
// What is compared: all CPU time of a run by all its requests (the good tokens, signing hostile ones, connections of their own for requests that go out byte for byte or over HTTP/2, in the example also reading
// manifests and writing the report), and the time of the loop by its requests: those over node:http, which are all that axios can send, over kept connections. As many are under way at once as in the run, where a
// route has one at a time: a request alone costs more than one of eight. Both alternate in one process and warm up once; the target is a process of its own.
// Run `npm run build` first; words on the command line choose runs, such as `node bench/verify.mjs example`.
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { startExample } from './verify-example.mjs';
import { underWay } from './under-way.mjs';

const require = createRequire(import.meta.url);
const concurrency = 8;
/** Of the two runs that a promise is made for. The others ask much over connections of their own and sign a token for each lure, which no loop does. */
const limit = 1.5;
/** Peak memory of the process after its first run, which is what a user's run takes. */
const memoryLimitMb = 300;
const runs = [
  { profile: 'standard', routes: 120, rounds: 7 },
  { profile: 'smoke', routes: 1000, rounds: 7, limit },
  { profile: 'full', routes: 1, rounds: 7 },
  { profile: 'full', example: true, rounds: 7, limit },
];

/** Measures both for one kind of run and tells whether its limits hold. */
export async function benchVerify(run = runs[0]) {
  if (run.example) return benchExample(run);
  const target = fork(fileURLToPath(new URL('verify-target.mjs', import.meta.url)));
  try {
    const [addresses] = await once(target, 'message');
    return await measure(target, addresses, run);
  } finally {
    target.disconnect();
  }
}

/** The same for the example, whose gateway records nothing: what axios can send is recorded here, in the round that warms up. */
async function benchExample({ profile, rounds, limit }) {
  const example = await startExample(profile);
  try {
    const [seconds, own, bare] = [[], [], []];
    let recorded;
    const atOnce = await underWay(async () => (recorded = callsOf(await example.recordedBy(example.verify))));
    const memoryMb = peakMb();
    await replayed(recorded, atOnce);
    let requests = 0;
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now();
      const run = await cpuOf(async () => (requests = await example.verify()));
      seconds.push((performance.now() - start) / 1000);
      own.push(run / requests);
      bare.push((await cpuOf(() => replayed(recorded, atOnce))) / recorded.length);
    }
    return { profile, routes: 'of dist/dev', atOnce, ...concluded({ requests, seconds, own, bare, memoryMb, limit }) };
  } finally {
    await example.stop();
  }
}

/** Pairs of one round ran under the same load of the machine. */
function concluded({ requests, seconds, own, bare, memoryMb, limit }) {
  const ratio = median(own.map((ms, i) => ms / bare[i]));
  const ok = ratio <= (limit ?? Infinity) && memoryMb <= memoryLimitMb;
  return { requests, seconds: median(seconds), ownMs: median(own), bareMs: median(bare), ratio, limit, memoryMb, ok };
}

async function measure(target, addresses, { profile, routes, rounds, limit }) {
  const verify = await verifier(addresses, { profile, routes });
  const seconds = [];
  const own = [];
  const bare = [];
  let requests = 0;
  let atOnce = concurrency;
  let memoryMb;
  for (let round = 0; round <= rounds; round += 1) {
    const start = performance.now();
    const run = await cpuOf(round > 0 ? verify : async () => (atOnce = await underWay(verify)));
    const took = (performance.now() - start) / 1000;
    memoryMb ??= peakMb();
    target.send('recorded');
    const [{ recorded }] = await once(target, 'message');
    const calls = callsOf(recorded.map(([method, path, raw]) => [method, addresses.gateway, path, raw]));
    const replay = await cpuOf(() => replayed(calls, atOnce));
    target.send('recorded');
    await once(target, 'message');
    requests = recorded.length;
    // The first round warms up.
    if (round > 0) {
      seconds.push(took);
      own.push(run / requests);
      bare.push(replay / requests);
    }
  }
  return { profile, routes, atOnce, ...concluded({ requests, seconds, own, bare, memoryMb, limit }) };
}

async function verifier({ gateway, issuer, key }, { profile, routes }) {
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
  const options = { targets: { [host]: gateway }, credentials, signingKeys, concurrency, profile };
  return async () => {
    const { results, undecided } = await runVerify({ manifests, options, tools: { runId: 'bench', userAgent: 'bench' } });
    const wrong = results.find(({ status }) => status === 'fail' || status === 'error');
    if (wrong || undecided) throw new Error(`the bench target did not pass: ${JSON.stringify(wrong)}`);
  };
}

/** Requests as axios takes them; made before the clock runs. */
function callsOf(recorded) {
  return recorded.map(([method, base, path, raw]) => {
    const pairs = Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i], raw[2 * i + 1]]);
    return {
      method,
      url: base + path,
      headers: Object.fromEntries(pairs.filter(([name]) => !/^(connection|content-length)$/i.test(name))),
    };
  });
}

async function replayed(calls, atOnce) {
  const axios = require('axios');
  const agent = new http.Agent({ keepAlive: true });
  const queue = calls.values();
  const worker = async () => {
    // A gateway may hang up on headers that are too large, here as in the run.
    for (const call of queue)
      await axios.request({ ...call, httpAgent: agent, validateStatus: () => true, maxRedirects: 0 }).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  agent.destroy();
}

/** CPU milliseconds of this process, all threads. */
async function cpuOf(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function peakMb() {
  return process.resourceUsage().maxRSS / 1024;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const nameOf = ({ profile, example }) => (example ? 'example' : profile);
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : runs.map(nameOf);
  const self = fileURLToPath(import.meta.url);
  // Each run has a process of its own: what one leaves in memory is no other's.
  if (wanted.length > 1)
    for (const name of wanted) process.exitCode ||= spawnSync(process.execPath, [self, name], { stdio: 'inherit' }).status ?? 1;
  else await print(runs.find((one) => nameOf(one) === wanted[0]));
}

async function print(run) {
  const { routes, requests, atOnce, seconds, ownMs, bareMs, ratio, memoryMb, ok } = await benchVerify(run);
  const cpu = `${ownMs.toFixed(3)} ms CPU each, bare axios with ${atOnce} at once ${bareMs.toFixed(3)} ms, ratio ${ratio.toFixed(2)}${run.limit ? ` (limit ${run.limit})` : ''}`;
  const memory = `peak ${memoryMb.toFixed(0)} MB (limit ${memoryLimitMb})`;
  process.stdout.write(`verify ${run.profile}, routes ${routes}: ${requests} requests in ${seconds.toFixed(1)} s, ${cpu}, ${memory}\n`);
  if (!ok) process.exitCode = 1;
}
