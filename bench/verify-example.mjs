// What bench/verify.mjs measures beside its own target: `verify dist/dev --local --profile full`, as the command line runs it, against what
// `local` runs in a process of its own.
import { spawn } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const manifests = join(root, 'dist/dev');

/** Starts the example. `verify` gives how many requests a run sent; `recordedBy` those that an HTTP client can send, of one run. */
export async function startExample(profile) {
  const work = await mkdtemp(join(tmpdir(), 'kyma-guard-bench-'));
  const child = spawn(process.execPath, [join(root, 'lib/src/cli/bin.js'), 'local', manifests], {
    cwd: work,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGINT');
    await gone;
    await rm(work, { recursive: true, force: true });
  };
  await Promise.race([said(child, 'Running;'), gone.then((code) => Promise.reject(new Error(`local ended with exit code ${code}`)))]);
  const { targets } = JSON.parse(await readFile(join(work, '.kyma-guard/local.json'), 'utf8'));
  const ports = new Set(Object.values(targets).map((url) => new URL(url).port));
  return { stop, verify: () => verify(work, profile), recordedBy: (run) => recordedBy(run, ports) };
}

function said(child, text) {
  let all = '';
  return new Promise((resolve) => child.stderr.on('data', (chunk) => (all += chunk).includes(text) && resolve()));
}

async function verify(cwd, profile) {
  const { main } = require('../lib/src/cli/main.js');
  const { diskFiles } = require('../lib/src/files/files.js');
  const { createRedactor } = require('../lib/src/report/redact.js');
  let stdout = '';
  const io = {
    ...{ cwd, files: diskFiles, redactor: createRedactor(), env: {}, isTerminal: false, signal: new AbortController().signal },
    ...{ print: (text) => (stdout += text), write: (text) => (stdout += text), log: () => undefined, progress: () => undefined },
    ...{ readStdin: async () => '', now: () => new Date() },
  };
  const code = await main(['verify', manifests, '--local', '--profile', profile, '--format', 'json'], io, 'bench');
  if (code !== 0) throw new Error(`the example did not pass: exit code ${code}`);
  return JSON.parse(stdout).data.requests;
}

/** What goes to the gateway over node:http. Requests that go out byte for byte, or over HTTP/2, are none that axios could replay. */
async function recordedBy(run, ports) {
  const recorded = [];
  const listen = ({ request }) => {
    const port = String(request.socket?.remotePort);
    if (ports.has(port))
      recorded.push([request.method, `http://127.0.0.1:${port}`, request.path, Object.entries(request.getHeaders()).flat()]);
  };
  subscribe('http.client.response.finish', listen);
  try {
    await run();
  } finally {
    unsubscribe('http.client.response.finish', listen);
  }
  return recorded;
}
