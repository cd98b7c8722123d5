import type { CheckResult } from '../../src/model/check-result';
import { readManifests } from '../../src/model/read-manifests';
import type { VerbOutcome } from '../../src/model/verb-outcome';
import { issuerAddresses } from '../../src/token/issuer-addresses';
import { parseCredentials } from '../../src/token/parse-credentials';
import { createSigningKey, type SigningKey } from '../../src/token/sign';
import { runVerify } from '../../src/verify/verify';
import type { RunTools, VerifyOptions } from '../../src/verify/verify-input';
import type { Deployment } from '../gateways/deployment';
import type { RunningServer } from './http-server';
import { behindFront, serveBoth } from '../gateways/front';
import { listenerOf, startGateway, type Change } from '../gateways/gateway';
import { granted, serviceKey, severalGranted, startIssuer, type TestIssuer } from '../gateways/issuer';
import { behindTls, certificate } from '../gateways/tls-front';

export const host = 'orders.example.test';
/** A host of the same workload that exposes a health check only. */
const secondHost = 'shop.example.test';

/** Keys that the deployments of one test file share: making them takes time. */
export interface DeploymentKeys {
  readonly issuer: SigningKey;
  readonly hidden: SigningKey;
}

export async function createDeploymentKeys(): Promise<DeploymentKeys> {
  const [issuer, hidden] = await Promise.all([createSigningKey(), createSigningKey()]);
  return { issuer, hidden };
}

/** Starts a deployment, verifies it with everything that verify can use, and stops it. */
export async function verifyDeployment(deployment: Deployment, keys: DeploymentKeys, options: VerifyOptions = {}): Promise<VerbOutcome> {
  const first = await startIssuer(keys.issuer, deployment.issuer, keys.hidden);
  const second = deployment.secondIssuer ? await startIssuer(keys.hidden) : undefined;
  const issuer = { ...first, ...(second && { second }), ...(deployment.withdrawnKey && { withdrawn: keys.hidden }) };
  const clock = deployment.secondsPerRequest === undefined ? undefined : startClock();
  const gateway = await startDeployment(deployment, issuer);
  const targets = { [host]: gateway.url, ...(deployment.rules === 'two hosts' && { [secondHost]: gateway.url }) };
  try {
    return await verifyAt(
      gateway.url,
      issuer,
      { targets, ...deployment.options, ...options },
      manifestFor(issuer, deployment.rules, second),
    );
  } finally {
    clock?.restore();
    await Promise.all([issuer.close(), second?.close(), gateway.close()]);
  }
}

/** A clock for issuer, gateway and tool, which share this process. */
function startClock(): { readonly restore: () => void } {
  clockMs = Date.now();
  const spy = jest.spyOn(Date, 'now').mockImplementation(() => clockMs);
  return { restore: () => spy.mockRestore() };
}

let clockMs = 0;

/** Every request moves the clock. */
function ticking(seconds: number | undefined): Change {
  return (sound) => ({
    normalize(path) {
      clockMs += (seconds ?? 0) * 1000;
      return sound.normalize(path);
    },
  });
}

async function startDeployment(
  { gateway: own = [], front, http2, start, tls, secondsPerRequest }: Deployment,
  issuer: TestIssuer,
): Promise<RunningServer> {
  const gateway = [...own, ticking(secondsPerRequest)];
  if (tls) return behindTls(issuer, tls, gateway);
  if (start) return start(issuer);
  if (http2) return serveBoth(listenerOf(issuer, gateway), listenerOf(issuer, [...gateway, ...http2]));
  const server = await startGateway(issuer, ...gateway);
  return front ? behindFront(server, front) : server;
}

/** Verifies what stands at a URL. */
export function verifyAt(
  url: string,
  issuer: TestIssuer,
  options: VerifyOptions = {},
  manifest = manifestFor(issuer),
  tools: Partial<RunTools> = { pause: () => Promise.resolve() },
): Promise<VerbOutcome> {
  const { manifests } = readManifests(manifest, 'api-rule.yaml');
  const usual: VerifyOptions = {
    targets: { [host]: url },
    issuers: issuerAddresses([issuer, issuer.second].flatMap((one) => (one ? [[one.issuer, one.url] as const] : []))),
    credentials: [issuer, issuer.second].flatMap((one) => (one ? [parseCredentials(serviceKey(one, 'good'), 'good.json')] : [])),
    denied: [{ label: 'a client without scope', credentials: parseCredentials(serviceKey(issuer, 'stranger'), 'stranger.json') }],
    signingKeys: { byIssuer: new Map([[issuer.issuer, [issuer.key, ...(issuer.withdrawn ? [issuer.withdrawn] : [])]]]), others: [] },
    ...(url.startsWith('https:') && { ca: certificate().cert }),
  };
  return runVerify({
    manifests,
    options: { ...usual, ...options },
    tools: { runId: 'test-run', userAgent: 'kyma-guard-test', ...tools },
  });
}

/** The APIRule before the test gateways. */
export function manifestFor(
  { issuer, jwksUri }: Pick<TestIssuer, 'issuer' | 'jwksUri'>,
  rules: Deployment['rules'] = 'usual',
  second?: TestIssuer,
): string {
  const { scope, aud } = severalGranted;
  const alternatives = [
    { requiredScopes: granted.scope, audiences: granted.aud },
    { requiredScopes: scope.slice(1), audiences: aud.slice(1) },
  ];
  const several = [{ requiredScopes: scope, audiences: aud }];
  const authorizations = rules === 'several' ? several : rules === 'alternatives' ? alternatives : alternatives.slice(0, 1);
  const jwt = {
    authentications: [
      {
        issuer,
        jwksUri,
        ...(rules === 'own header' && { fromHeaders: [{ name: 'X-Token', prefix: 'JWT ' }] }),
        ...(rules === 'parameter' && { fromParams: ['jwt'] }),
      },
    ],
    authorizations,
  };
  const health = { path: '/healthz', methods: ['GET'], noAuth: true };
  const reports = second ? [{ path: '/reports', methods: ['GET'], jwt: { ...jwt, authentications: [trustIn(second)] } }] : [];
  const orders = [{ path: '/orders', methods: ['GET', 'POST'], jwt }, health, ...reports];
  const catchAll = [
    { path: '/getecptoken', methods: ['GET'], jwt },
    { path: '/*', methods: ['GET'], noAuth: true },
  ];
  const dotted = [{ path: '/v1.0', methods: ['GET'], jwt }];
  const objects = [{ path: '/orders/{*}', methods: ['GET'], jwt }, health];
  const tree = [{ path: '/orders/{**}', methods: ['GET'], jwt }, health];
  const special: Partial<Record<NonNullable<Deployment['rules']>, readonly object[]>> = { 'catch-all': catchAll, dotted, objects, tree };
  const apiRule = apiRuleOf('orders', host, special[rules] ?? orders);
  return rules === 'two hosts' ? `${apiRule}\n---\n${apiRuleOf('health', secondHost, [health])}` : apiRule;
}

function apiRuleOf(name: string, at: string, rules: readonly object[]): string {
  const metadata = { name, namespace: 'shop' };
  const spec = { hosts: [at], gateway: 'kyma-system/kyma-gateway', service: { name: 'orders', port: 8080 }, rules };
  return JSON.stringify({ apiVersion: 'gateway.kyma-project.io/v2', kind: 'APIRule', metadata, spec });
}

/** An APIRule with rules made from the usual JWT strategy. */
export function manifestOf(rules: (jwt: object) => readonly object[], issuer: Pick<TestIssuer, 'issuer' | 'jwksUri'>): string {
  const manifest = JSON.parse(manifestFor(issuer)) as { spec: { rules: readonly { jwt?: object }[] } };
  return JSON.stringify({ ...manifest, spec: { ...manifest.spec, rules: rules(manifest.spec.rules[0]?.jwt ?? {}) } });
}

/** Ids of what is only worth a note, each once, sorted. */
export function notedBy({ results }: Pick<VerbOutcome, 'results'>): string[] {
  const notes = results.filter(({ status, severity }) => (status === 'fail' || status === 'warn') && severity === 'info');
  return [...new Set(notes.map(({ id }) => id))].sort();
}

/** Ids of everything above info that is wrong, each once, sorted. */
export function raisedBy({ results }: Pick<VerbOutcome, 'results'>): string[] {
  const wrong = results.filter(({ status, severity }) => (status === 'fail' || status === 'warn') && severity !== 'info');
  return [...new Set(wrong.map(({ id }) => id))].sort();
}

export function byId({ results }: Pick<VerbOutcome, 'results'>, id: string): CheckResult[] {
  return results.filter((result) => result.id === id);
}

function trustIn({ issuer, jwksUri }: TestIssuer) {
  return { issuer, jwksUri };
}
