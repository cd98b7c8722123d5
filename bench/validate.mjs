/**
 * Cost of validation by number of documents: a quarter each of APIRules, Functions, ServiceInstances and ServiceBindings. Needs a build.
 *
 *   node bench/validate.mjs         prints a table; exits 1 when a bar is missed
 *
 * Bars: a document of 10,000 costs at most 1.3 times one of 1,000, CPU time, what the first documents cost for loading and compiling left out;
 * no document of the sound input has a finding that fails. The stream of 50,000 shows that memory goes with what rules keep, not with the text.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const lib = process.env.KYMA_GUARD_LIB ?? join(fileURLToPath(new URL('..', import.meta.url)), 'lib/src');

const [mode, count] = process.argv.slice(2);
if (mode === 'run') await run(Number(count));
else report();

/** What a platform with many teams has: every service with its function, its own instance, binding and APIRule. */
function texts(i) {
  const namespace = `team-${i % 50}`;
  return [
    `apiVersion: gateway.kyma-project.io/v2
kind: APIRule
metadata: { name: svc-${i}, namespace: ${namespace} }
spec:
  hosts: [svc-${i}.bench.example.com]
  gateway: kyma-system/kyma-gateway
  service: { name: svc-${i}, port: 80 }
  rules:
    - { path: /healthz, methods: [GET], noAuth: true }
    - path: "/api/v${i % 9}/{**}"
      methods: [GET, POST]
      jwt:
        authentications: [{ issuer: https://id.example.com/realms/main, jwksUri: https://id.example.com/realms/main/certs }]
        authorizations: [{ audiences: [svc-${i}] }]
`,
    `apiVersion: serverless.kyma-project.io/v1alpha2
kind: Function
metadata: { name: svc-${i}, namespace: ${namespace} }
spec:
  runtime: nodejs22
  labels: { sidecar.istio.io/inject: "true" }
  secretMounts: [{ secretName: svc-${i}-binding, mountPath: /bindings/xsuaa }]
  source:
    inline:
      source: |
        module.exports = { main: function (event) { return { service: ${i} }; } };
`,
    `apiVersion: services.cloud.sap.com/v1
kind: ServiceInstance
metadata: { name: svc-${i}-xsuaa, namespace: ${namespace} }
spec:
  serviceOfferingName: xsuaa
  servicePlanName: application
  parameters: { xsappname: svc-${i}, tenant-mode: dedicated, scopes: [{ name: "$XSAPPNAME.Read" }] }
`,
    `apiVersion: services.cloud.sap.com/v1
kind: ServiceBinding
metadata: { name: svc-${i}-binding, namespace: ${namespace} }
spec:
  serviceInstanceName: svc-${i}-xsuaa
  credentialsRotationPolicy: { enabled: true, rotationFrequency: 72h, rotatedBindingTTL: 48h }
`,
  ];
}

async function run(documents) {
  const { runValidate } = require(join(lib, 'validate/validate.js'));
  const { readDocuments } = require(join(lib, 'model/read-manifests.js'));
  const services = (from, to) => Array.from({ length: to - from }, (_, at) => texts(from + at)).flat();
  await runValidate({ documents: readDocuments(services(1_000_000, 1_000_050).join('---\n'), 'warm.yaml') });
  const text = services(0, documents / 4).join('---\n');
  const from = process.cpuUsage();
  const started = performance.now();
  const { results } = await runValidate({ documents: readDocuments(text, 'bench.yaml') });
  const { user, system } = process.cpuUsage(from);
  const failed = results.filter(({ status }) => status === 'fail' || status === 'error');
  const ms = performance.now() - started;
  const facts = {
    ms,
    cpuMs: (user + system) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    failed: failed.length,
    textMb: text.length / 2 ** 20,
  };
  if (failed[0]) process.stderr.write(`${failed[0].id}: ${failed[0].message}\n`);
  process.stdout.write(JSON.stringify(facts));
}

function measure(documents) {
  return JSON.parse(
    execFileSync(process.execPath, [fileURLToPath(import.meta.url), 'run', String(documents)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
}

function report() {
  const sizes = [1_000, 10_000, 50_000];
  const measured = sizes.map((documents) => ({ documents, ...measure(documents) }));
  console.table(
    measured.map(({ documents, ms, cpuMs, peakMb, textMb, failed }) => ({
      documents,
      'text MB': Number(textMb.toFixed(1)),
      ms: Math.round(ms),
      'documents/s': Math.round((documents / ms) * 1000),
      'cpu ms/document': Number((cpuMs / documents).toFixed(3)),
      'peak MB': Math.round(peakMb),
      failed,
    })),
  );
  const [small, large] = measured;
  const ratio = large.cpuMs / large.documents / (small.cpuMs / small.documents);
  const bars = [
    ['CPU time of a document of 10,000 against one of 1,000', ratio, 1.3],
    ['findings that fail in sound documents', measured.reduce((sum, { failed }) => sum + failed, 0), 0],
  ];
  for (const [what, value, most] of bars) {
    const met = value <= most;
    if (!met) process.exitCode = 1;
    process.stdout.write(`${met ? 'met   ' : 'MISSED'} ${what}: ${Number(value.toFixed(2))}, at most ${most}\n`);
  }
}
