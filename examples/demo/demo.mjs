// The whole journey on this machine: synthesize, run, verify; then a weakened gateway, which verify must catch.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startWeakenedGateway } from './weakened-gateway.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tool = join(root, 'lib/src/cli/bin.js');
const work = await mkdtemp(join(tmpdir(), 'kyma-guard-demo-'));
const sessionFile = join(work, '.kyma-guard/local.json');
const manifests = join('dist', 'dev');
const say = (text) => process.stdout.write(`\n\u25b6 ${text}\n`);

/** Runs the tool to its end; its output is shown as it comes. */
function run(args) {
  process.stdout.write(`$ kyma-guard ${args.join(' ').replaceAll(work, '.')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [tool, ...args], { cwd: work, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code));
  });
}

/** Starts `local` and waits until it says that everything answers. */
async function startLocal() {
  process.stdout.write('$ kyma-guard local dist/dev &\n');
  const child = spawn(process.execPath, [tool, 'local', manifests], { cwd: work, stdio: ['ignore', 'inherit', 'pipe'] });
  const gone = new Promise((resolve) => child.on('exit', resolve));
  await Promise.race([
    new Promise((resolve) => {
      let text = '';
      child.stderr.on('data', (chunk) => {
        process.stderr.write(chunk);
        text += chunk;
        if (text.includes('Running;')) resolve();
      });
    }),
    gone.then((code) => Promise.reject(new Error(`local ended with exit code ${code}`))),
  ]);
  return { stop: () => (child.kill('SIGINT'), gone) };
}

/** Good tokens from the local issuers, by the credentials that the session names. */
async function tokenSource(session) {
  const keys = new Map();
  for (const { issuer, path } of session.credentials) keys.set(issuer, JSON.parse(await readFile(path, 'utf8')));
  return async (issuer) => {
    const key = keys.get(issuer);
    if (!key) return undefined;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: key.clientid, client_secret: key.clientsecret });
    const answer = await fetch(key.token_url ?? `${key.url}/oauth/token`, { method: 'POST', body });
    return (await answer.json()).access_token;
  };
}

function expectCode(what, code, expected) {
  if (code !== expected) throw new Error(`${what} ended with exit code ${code}, expected ${expected}`);
}

let local;
let weakened;
try {
  say('1. One configuration becomes manifests');
  expectCode('synth', await run(['synth', '--config', join(root, 'kyma-guard.yaml'), '--out', join(work, 'dist')]), 0);

  say('2. What API server, controllers and an attacker would say, before anything is deployed');
  expectCode('validate', await run(['validate', manifests]), 0);

  say('3. The manifests run on this machine: issuers, gateway, functions');
  local = await startLocal();

  say('4. Real tokens and hostile ones: only the right caller gets in');
  expectCode('verify', await run(['verify', manifests, '--local']), 0);

  say('5. The same against a gateway that does not check signatures');
  const session = JSON.parse(await readFile(sessionFile, 'utf8'));
  const goodToken = await tokenSource(session);
  weakened = await startWeakenedGateway((host) => session.targets[host.split(':')[0]], goodToken);
  const host = Object.keys(session.targets).find((name) => name.startsWith('location.'));
  const only = ['--only', `GET ${host}/here_location`];
  expectCode('verify', await run(['verify', manifests, '--local', '--target', `${host}=${weakened.url}`, ...only]), 1);

  say('The sound gateway passed, the weakened one was caught. Everything is stopped and removed again.');
} catch (error) {
  process.stderr.write(`demo: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  await weakened?.stop();
  await local?.stop();
  await rm(work, { recursive: true, force: true });
}
