// Client CPU time per request: the sender of kyma-guard against a bare axios loop with the same requests and concurrency.
// The server is a process of its own, so that only the client's time counts. Run `npm run build` first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const concurrency = 16;
const requests = 4000;
const rounds = 5;
const limit = 1.5;

const serverCode = `
const body = JSON.stringify({ items: Array.from({ length: 8 }, (_, i) => ({ title: 'place ' + i, position: [i, i] })) });
require('node:http').createServer((request, response) => {
  request.resume();
  response.writeHead(request.headers.authorization ? 200 : 403, { 'content-type': 'application/json' }).end(body);
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;

/** Measures both and tells whether the limit holds. */
export async function benchSender() {
  const server = spawn(process.execPath, ['-e', serverCode], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = await once(server.stdout, 'data');
    return await measure(`http://127.0.0.1:${String(port).trim()}`);
  } finally {
    server.kill();
  }
}

async function measure(url) {
  const axios = require('axios');
  const { createSender } = require('../lib/src/http/sender.js');
  const headers = [
    ['Authorization', `Bearer ${'x'.repeat(900)}`],
    ['Host', 'orders.example.com'],
  ];
  const calls = Array.from({ length: requests }, (_, i) => ({
    method: 'GET',
    url: `${url}/places/${i % 50}?q=${i}`,
    headers: i % 4 ? headers : [],
  }));
  const sender = createSender({ userAgent: 'kyma-guard-bench', runId: 'bench', connections: concurrency });
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
  const plain = calls.map((call) => ({
    ...call,
    headers: Object.fromEntries(call.headers),
    httpAgent,
    maxRedirects: 0,
    validateStatus: null,
  }));
  const ways = { sender: (i) => sender.send(calls[i]), axios: (i) => axios.request(plain[i]) };
  const times = { sender: [], axios: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, ask] of Object.entries(ways)) {
      const time = await cpuPerRequest(ask);
      if (round > 0) times[name].push(time); // the first round warms up
    }
  }
  sender.close();
  httpAgent.destroy();
  const [own, bare] = [median(times.sender), median(times.axios)];
  return {
    senderMicroseconds: Math.round(own),
    axiosMicroseconds: Math.round(bare),
    ratio: Number((own / bare).toFixed(2)),
    limit,
    ok: own <= bare * limit,
  };
}

async function cpuPerRequest(ask) {
  let next = 0;
  const start = process.cpuUsage();
  const worker = async () => {
    while (next < requests) await ask(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const { user, system } = process.cpuUsage(start);
  return (user + system) / requests;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const result = await benchSender();
  console.log(JSON.stringify(result));
  process.exitCode = result.ok ? 0 : 1;
}
