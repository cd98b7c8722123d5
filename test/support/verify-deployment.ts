import type { CheckResult } from '../../src/model/check-result';
import { readManifests } from '../../src/model/read-manifests';
import type { VerbOutcome } from '../../src/model/verb-outcome';
import { issuerAddresses } from '../../src/token/issuer-addresses';
import { parseCredentials } from '../../src/token/parse-credentials';
import { createSigningKey, type SigningKey } from '../../src/token/sign';
import { runVerify } from '../../src/verify/verify';
import type { RunTools, VerifyOptions } from '../../src/verify/verify-input';
import type { Deployment } from '../gateways/deployment';
import { startGateway } from '../gateways/gateway';
import { granted, serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';

export const host = 'orders.example.test';

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
  const issuer = { ...first, ...(second && { second }) };
  const gateway = await startGateway(issuer, ...(deployment.gateway ?? []));
  try {
    return await verifyAt(gateway.url, issuer, { ...deployment.options, ...options }, manifestFor(issuer, deployment.rules, second));
  } finally {
    await Promise.all([issuer.close(), second?.close(), gateway.close()]);
  }
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
    signingKeys: { byIssuer: new Map([[issuer.issuer, [issuer.key]]]), others: [] },
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
  const jwt = {
    authentications: [
      {
        issuer,
        jwksUri,
        ...(rules === 'own header' && { fromHeaders: [{ name: 'X-Token', prefix: 'JWT ' }] }),
        ...(rules === 'parameter' && { fromParams: ['jwt'] }),
      },
    ],
    authorizations: [{ requiredScopes: granted.scope, audiences: granted.aud }],
  };
  const list =
    rules !== 'catch-all'
      ? [
          { path: '/orders', methods: ['GET', 'POST'], jwt },
          { path: '/healthz', methods: ['GET'], noAuth: true },
          ...(second ? [{ path: '/reports', methods: ['GET'], jwt: { ...jwt, authentications: [trustIn(second)] } }] : []),
        ]
      : [
          { path: '/getecptoken', methods: ['GET'], jwt },
          { path: '/*', methods: ['GET'], noAuth: true },
        ];
  const metadata = { name: 'orders', namespace: 'shop' };
  const spec = { hosts: [host], gateway: 'kyma-system/kyma-gateway', service: { name: 'orders', port: 8080 }, rules: list };
  return JSON.stringify({ apiVersion: 'gateway.kyma-project.io/v2', kind: 'APIRule', metadata, spec });
}

/** An APIRule with rules made from the usual JWT strategy. */
export function manifestOf(rules: (jwt: object) => readonly object[], issuer: Pick<TestIssuer, 'issuer' | 'jwksUri'>): string {
  const manifest = JSON.parse(manifestFor(issuer)) as { spec: { rules: readonly { jwt?: object }[] } };
  return JSON.stringify({ ...manifest, spec: { ...manifest.spec, rules: rules(manifest.spec.rules[0]?.jwt ?? {}) } });
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
