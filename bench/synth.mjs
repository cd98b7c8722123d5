/**
 * Cost of synthesis by number of services, beside one plain cdk8s App with the same objects. Needs a build.
 *
 *   node bench/synth.mjs            prints a table; exits 1 when a bar is missed
 *
 * Bars: services 5,001 to 10,000 cost at most 1.2 times per service what 1,001 to 5,000 cost, in one process; its peak memory stays under
 * 250 MB, also at 5,000 services with a verification; at 2,000 services at least 3.5 times faster than one App.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const lib = process.env.KYMA_GUARD_LIB ?? join(fileURLToPath(new URL('..', import.meta.url)), 'lib/src');

/** A Job that verifies them all; its ConfigMaps hold every APIRule once more. */
const verification = `verification:
  namespace: verification
  image: node@sha256:${'1'.repeat(64)}
  credentials: [{ issuer: idp, secret: idp }]
`;

const names = { ours: 'kyma-guard synth', verified: 'the same with a verification', plain: 'one cdk8s App' };

const [mode, count, folder] = process.argv.slice(2);
if (mode === 'ours' || mode === 'verified') await ours(Number(count), folder);
else if (mode === 'plain') await plain(Number(count), folder);
else report();

/** The configuration as a platform team would generate it: one service, one host, two rules each. */
function writeConfig(services, into, verified) {
  mkdirSync(into, { recursive: true });
  const entry = (i) => `  svc-${i}:
    namespace: team-${i % 50}
    service: { name: svc-${i}, port: 8080 }
    selector: { app: svc-${i} }
    expose:
      - host: svc-${i}
        rules:
          - { path: /healthz, methods: [GET], access: public }
          - { path: '/api/{**}', methods: [GET, POST], access: { jwt: { issuers: [idp], audiences: [svc-${i}] } } }
`;
  const head = `version: 1
cluster: { domain: bench.example.com }
issuers:
  idp: { kind: oidc, issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys' }
${verified ? verification : ''}services:
`;
  writeFileSync(join(into, 'kyma-guard.yaml'), head + Array.from({ length: services }, (_, i) => entry(i + 1)).join(''));
}

/** The whole verb: read, check, build, write. The clock of the single services is read as their files are handed over. */
async function ours(services, into) {
  const { runSynth } = require(join(lib, 'synth/run-synth.js'));
  const { diskFiles } = require(join(lib, 'files/files.js'));
  const { unitsOf } = require(join(lib, 'synth/units.js'));
  const { buildUnit } = require(join(lib, 'synth/build-unit.js'));
  const { loadConfig } = require(join(lib, 'config/load-config.js'));
  const config = join(into, 'kyma-guard.yaml');
  const started = performance.now();
  await runSynth({ files: diskFiles, config, log: () => undefined });
  const totalMs = performance.now() - started;
  const cpuMs = cpu();
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const marks = {};
  if (services >= 10_000) {
    const [environment] = (await loadConfig(diskFiles, config)).environments;
    let built = 0;
    const from = process.cpuUsage();
    for (const unit of unitsOf({ environment, sources: {}, isWritten: () => true })) {
      buildUnit(unit);
      if ([1000, 5000, 10_000].includes(++built)) marks[built] = process.cpuUsage(from).user / 1000;
    }
  }
  console.log(JSON.stringify({ totalMs, cpuMs, peakMb, marks }));
}

/** The same objects in the same tree, as a plain cdk8s program makes them: one App, one chart per service, no checks of our own. */
async function plain(services, into) {
  const { ApiObject, App, Chart } = require('cdk8s');
  const { Construct } = require('constructs');
  const started = performance.now();
  const app = new App({ outdir: join(into, 'plain') });
  for (let i = 1; i <= services; i += 1) {
    const chart = new Chart(app, `service-svc-${i}`);
    plainObjects(i).forEach((object, index) => new ApiObject(new Construct(chart, `part-${index}`), 'Resource', object));
  }
  app.synth();
  console.log(
    JSON.stringify({ totalMs: performance.now() - started, cpuMs: cpu(), peakMb: process.resourceUsage().maxRSS / 1024, marks: {} }),
  );
}

function plainObjects(i) {
  const namespace = `team-${i % 50}`;
  const authentications = [{ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys' }];
  const metadata = (name, wave) => ({ name, namespace, annotations: { 'argocd.argoproj.io/sync-wave': wave } });
  return [
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: metadata(`svc-${i}-closed`, '0'),
      spec: { action: 'ALLOW', selector: { matchLabels: { app: `svc-${i}` } } },
    },
    {
      apiVersion: 'gateway.kyma-project.io/v2',
      kind: 'APIRule',
      metadata: metadata(`svc-${i}`, '1'),
      spec: {
        hosts: [`svc-${i}.bench.example.com`],
        gateway: 'kyma-system/kyma-gateway',
        service: { name: `svc-${i}`, port: 8080 },
        rules: [
          { path: '/healthz', methods: ['GET'], noAuth: true },
          { path: '/api/{**}', methods: ['GET', 'POST'], jwt: { authentications, authorizations: [{ audiences: [`svc-${i}`] }] } },
        ],
      },
    },
  ];
}

/** CPU time of this process in milliseconds, start included: unlike the clock it does not depend on what else the machine does. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function measure(how, services) {
  const into = mkdtempSync(join(tmpdir(), 'kyma-guard-bench-'));
  try {
    writeConfig(services, into, how === 'verified');
    return JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), how, String(services), into], { encoding: 'utf8' }));
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}

function report() {
  const rows = [];
  const run = (how, services) => {
    const result = measure(how, services);
    rows.push({
      how: names[how],
      services,
      ms: Math.round(result.totalMs),
      'cpu ms': Math.round(result.cpuMs),
      'cpu ms/service': Number((result.cpuMs / services).toFixed(2)),
      'peak MB': Math.round(result.peakMb),
    });
    return result;
  };
  for (const services of [100, 1000]) run('ours', services);
  for (const services of [100, 1000]) run('plain', services);
  const [oursAt2000, plainAt2000] = [run('ours', 2000), run('plain', 2000)];
  const verified = run('verified', 5000);
  const big = run('ours', 10_000);
  console.table(rows);
  const early = (big.marks[5000] - big.marks[1000]) / 4000;
  const late = (big.marks[10_000] - big.marks[5000]) / 5000;
  const bars = [
    ['services 5,001-10,000 against 1,001-5,000, CPU time per service', late / early, 'at most', 1.2],
    ['peak memory at 10,000 services, MB', big.peakMb, 'at most', 250],
    ['peak memory at 5,000 services with a verification, MB', verified.peakMb, 'at most', 250],
    ['times faster than one App at 2,000 services', plainAt2000.totalMs / oursAt2000.totalMs, 'at least', 3.5],
  ];
  for (const [what, value, word, bar] of bars) {
    const met = word === 'at most' ? value <= bar : value >= bar;
    console.log(`${met ? 'met   ' : 'MISSED'} ${what}: ${value.toFixed(2)}, ${word} ${bar}`);
    if (!met) process.exitCode = 1;
  }
}
