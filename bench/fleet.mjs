// A fleet on one machine: 10,000 routes at 2,500 hosts, cut into 20 shards that run one after another, each as a process of its own as in a
// Pod of an Indexed Job, against a target in another process. Tells requests, time, CPU and peak memory of each shard, then merges the reports.
// Fails when a shard needs more memory than a Pod has, or the merged report is not that of all routes. `--run N` runs the first N shards only.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const self = fileURLToPath(import.meta.url);
const [hosts, rulesPerHost, shards] = [2500, 4, 20];
const profile = process.env.FLEET_PROFILE ?? 'smoke';
/** What the job gives a Pod by default. */
const memoryLimitMb = 384;
/** Requests a second and host, where targets are not loopback. */
const remoteRate = 5;

/** The command line in this process; leaves what it cost in a file. */
function runHere([costFile, ...args]) {
  process.argv = [process.argv[0], 'kyma-guard', ...args];
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeFileSync(costFile, JSON.stringify({ memoryMb: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }));
  });
  createRequire(import.meta.url)('../lib/src/cli/bin.js');
}

async function call(folder, args, env = {}) {
  const costFile = join(folder, 'cost.json');
  const start = performance.now();
  const child = fork(self, ['child', costFile, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [code] = await once(child, 'exit');
  return { code, seconds: (performance.now() - start) / 1000, ...JSON.parse(readFileSync(costFile, 'utf8')) };
}

function manifests(issuer) {
  const jwt = { authentications: [{ issuer: `${issuer}/oauth/token`, jwksUri: `${issuer}/token_keys` }] };
  const items = Array.from({ length: hosts }, (_, host) => ({
    apiVersion: 'gateway.kyma-project.io/v2',
    kind: 'APIRule',
    metadata: { name: `bench-${host}`, namespace: `team-${host % 50}` },
    spec: {
      hosts: [`bench-${host}.example.com`],
      gateway: 'kyma-system/kyma-gateway',
      service: { name: `bench-${host}`, port: 80 },
      rules: Array.from({ length: rulesPerHost }, (_, rule) => ({ path: `/route-${rule}`, methods: ['GET'], jwt })),
    },
  }));
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

async function bench(wanted) {
  const folder = mkdtempSync(join(tmpdir(), 'kyma-guard-fleet-'));
  const target = fork(fileURLToPath(new URL('verify-target.mjs', import.meta.url)));
  try {
    const [{ gateway, issuer }] = await once(target, 'message');
    writeFileSync(join(folder, 'rules.json'), manifests(issuer));
    writeFileSync(join(folder, 'key.json'), JSON.stringify({ clientid: 'c', clientsecret: 'not-a-secret', url: issuer }));
    const targets = Array.from({ length: hosts }, (_, host) => ['--target', `bench-${host}.example.com=${gateway}`]).flat();
    const args = ['verify', join(folder, 'rules.json'), ...targets, '--credentials', 'key.json', '--profile', profile, '--quiet'];
    const done = [];
    for (let index = 0; index < wanted; index += 1) {
      const run = await call(folder, [...args, '--shards', String(shards), '--report', `json=${index}.json`], {
        JOB_COMPLETION_INDEX: String(index),
      });
      const { data } = JSON.parse(readFileSync(join(folder, `${index}.json`), 'utf8'));
      done.push({ ...run, routes: data.calls, requests: data.requests });
      tell(
        `shard ${index + 1}`.padEnd(9),
        `${data.calls} routes`,
        `${data.requests} requests`,
        `${run.seconds.toFixed(1)} s`,
        `${run.cpuSeconds.toFixed(1)} s CPU`,
        `peak ${run.memoryMb.toFixed(0)} MB`,
        `exit code ${run.code}`,
      );
      // The target remembers what it was asked until somebody takes it.
      target.send('recorded');
      await once(target, 'message');
    }
    const merge = await call(folder, [
      'report',
      'merge',
      ...done.map((_, index) => `${index}.json`),
      '--report',
      'json=merged.json',
      '--quiet',
    ]);
    conclude(done, merge, JSON.parse(readFileSync(join(folder, 'merged.json'), 'utf8')));
  } finally {
    target.disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}

function conclude(done, merge, merged) {
  const sum = (name) => done.reduce((total, shard) => total + shard[name], 0);
  const most = (name) => Math.max(...done.map((shard) => shard[name]));
  const least = Math.min(...done.map(({ requests }) => requests));
  tell(
    `${done.length} shards: ${sum('routes')} routes, ${sum('requests')} requests, ${sum('seconds').toFixed(0)} s one after another (${sum('cpuSeconds').toFixed(0)} s CPU), at most ${most('seconds').toFixed(1)} s and ${most('memoryMb').toFixed(0)} MB in one`,
  );
  tell(
    `merge: ${merge.seconds.toFixed(1)} s, peak ${merge.memoryMb.toFixed(0)} MB, ${merged.results.length} results, ${merged.data.calls} routes, exit code ${merge.code}`,
  );
  tell(
    `at ${remoteRate} requests a second: ${minutes(least)} to ${minutes(most('requests'))} minutes a shard if it asks one host at a time, half of that if two; ${minutes(sum('requests'))} minutes without shards`,
  );
  const isWhole = done.length === shards;
  const proven = merged.results.filter(({ id, status }) => id === 'protected' && status === 'pass').length;
  const problems = [
    ...(done.some(({ code }) => code !== 0) ? ['a shard did not end with 0'] : []),
    ...(most('memoryMb') > memoryLimitMb ? [`a shard needs more than ${memoryLimitMb} MB`] : []),
    ...(merge.code === (isWhole ? 0 : 3) ? [] : [`the merge ended with ${merge.code}`]),
    ...(proven === sum('routes') && (!isWhole || proven === hosts * rulesPerHost) ? [] : [`${proven} routes are proven`]),
  ];
  for (const problem of problems) tell(`FAILED: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

function minutes(requests) {
  return (requests / remoteRate / 60).toFixed(0);
}

function tell(...parts) {
  process.stdout.write(`${parts.join('  ')}\n`);
}

const [mode, ...rest] = process.argv.slice(2);
if (mode === 'child') runHere(rest);
else await bench(mode === '--run' ? Number(rest[0]) : shards);
