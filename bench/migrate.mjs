/**
 * Cost of a migration by number of APIRules: one folder of files with an old APIRule and its Service each, migrated, proven, planned and written
 * elsewhere. Needs a build.
 *
 *   node bench/migrate.mjs          prints a table; exits 1 when a bar is missed
 *
 * Bars: an APIRule of 5,000 costs at most 1.3 times one of 1,000, CPU time, what the first ones cost for loading and compiling left out; all are
 * written; nothing is left by hand.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const lib = process.env.KYMA_GUARD_LIB ?? join(fileURLToPath(new URL('..', import.meta.url)), 'lib/src');

const [mode, count] = process.argv.slice(2);
if (mode === 'run') await run(Number(count));
else report();

/** What platforms had: some open, some behind tokens, some both; every tenth pair on one workload. */
function text(i) {
  const namespace = `team-${i % 50}`;
  const service = i % 10 === 1 ? i - 1 : i;
  const jwt = `jwt
          config:
            trusted_issuers: [https://id.example.com/realms/main]
            jwks_urls: [https://id.example.com/realms/main/protocol/openid-connect/certs]
            required_scope: [svc-${i}.read]`;
  const rule = (path, handler) => `    - path: ${path}
      methods: [GET, POST]
      accessStrategies:
        - handler: ${handler}
`;
  const rules = [rule('/.*', 'noop'), rule('/api/.*', jwt), rule('/healthz', 'allow') + rule('/api/v1/[^/]+', jwt)][i % 3];
  return `apiVersion: gateway.kyma-project.io/v1beta1
kind: APIRule
metadata:
  name: svc-${i}
  namespace: ${namespace}
spec:
  gateway: kyma-gateway.kyma-system.svc.cluster.local
  host: svc-${i}.bench.example.com
  service: { name: svc-${service}, port: 8080${service === i ? '' : `, namespace: team-${service % 50}`} }
  rules:
${rules}---
apiVersion: v1
kind: Service
metadata: { name: svc-${i}, namespace: ${namespace} }
spec: { selector: { app: svc-${i} }, ports: [{ port: 8080 }] }
`;
}

/** The whole verb, as the command line calls it, after a small one that loads everything. */
async function run(apiRules) {
  const { main } = require(join(lib, 'cli/main.js'));
  const { diskFiles } = require(join(lib, 'files/files.js'));
  const { createRedactor } = require(join(lib, 'report/redact.js'));
  const folder = mkdtempSync(join(tmpdir(), 'kyma-guard-bench-'));
  const said = [];
  const io = {
    files: diskFiles,
    print: (line) => void said.push(line),
    write: (line) => void said.push(line),
    log: (line) => void said.push(line),
    progress: () => undefined,
    readStdin: async () => '',
    cwd: folder,
    env: {},
    redactor: createRedactor(),
    signal: new AbortController().signal,
    now: () => new Date(),
    isTerminal: false,
  };
  const migrate = async (name, size) => {
    require('node:fs').mkdirSync(join(folder, name));
    for (let i = 0; i < size; i += 1) writeFileSync(join(folder, name, `svc-${i}.yaml`), text(i));
    const from = process.cpuUsage();
    const started = performance.now();
    const exit = await main(['migrate', name, '--out', `${name}-out`, '--report', `json=${name}.json`, '--format', 'json'], io, '0.0.0');
    const { user, system } = process.cpuUsage(from);
    return { exit, ms: performance.now() - started, cpuMs: (user + system) / 1000 };
  };
  try {
    await migrate('warm', 30);
    const facts = await migrate('all', apiRules);
    const written = readdirSync(join(folder, 'all-out')).filter((name) => /^svc-\d+\.yaml$/.test(name)).length;
    process.stdout.write(JSON.stringify({ ...facts, written, peakMb: process.resourceUsage().maxRSS / 1024 }));
    if (facts.exit !== 0) process.stderr.write(`${said.slice(0, 5).join('\n').slice(0, 2000)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(apiRules) {
  return JSON.parse(
    execFileSync(process.execPath, [fileURLToPath(import.meta.url), 'run', String(apiRules)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
}

function report() {
  const measured = [1_000, 5_000].map((apiRules) => ({ apiRules, ...measure(apiRules) }));
  console.table(
    measured.map(({ apiRules, ms, cpuMs, peakMb, written, exit }) => ({
      APIRules: apiRules,
      ms: Math.round(ms),
      'documents/s': Math.round((2 * apiRules * 1000) / ms),
      'cpu ms/APIRule': Number((cpuMs / apiRules).toFixed(3)),
      'peak MB': Math.round(peakMb),
      written,
      exit,
    })),
  );
  const [small, large] = measured;
  const ratio = large.cpuMs / large.apiRules / (small.cpuMs / small.apiRules);
  const bars = [
    ['CPU time of an APIRule of 5,000 against one of 1,000', ratio, 1.3],
    ['APIRules that were not written', large.apiRules - large.written, 0],
    ['exit code', large.exit, 0],
  ];
  for (const [what, value, most] of bars) {
    const met = value <= most;
    if (!met) process.exitCode = 1;
    process.stdout.write(`${met ? 'met   ' : 'MISSED'} ${what}: ${Number(value.toFixed(2))}, at most ${most}\n`);
  }
}
