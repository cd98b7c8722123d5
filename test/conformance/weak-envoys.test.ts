import { principalHeader } from '../../src/local/envoy/private-header';
import type { JsonObject } from '../../src/model/json';
import { clusterOf } from '../../src/model/cluster';
import { readManifests } from '../../src/model/read-manifests';
import { translate } from '../../src/model/translate';
import { publicJwks } from '../../src/token/sign';
import type { Deployment } from '../gateways/deployment';
import { startIssuer } from '../gateways/issuer';
import { serve } from '../support/http-server';
import { createDeploymentKeys, manifestFor, raisedBy, verifyAt, type DeploymentKeys } from '../support/verify-deployment';
import { envoyProgram, startLiveEnvoy } from './live-envoy';

/** Changes every object of a configuration. */
function changeAll(value: unknown, change: (object: JsonObject) => JsonObject): unknown {
  if (Array.isArray(value)) return value.map((entry) => changeAll(entry, change));
  if (typeof value !== 'object' || value === null) return value;
  return change(Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, changeAll(entry, change)])) as JsonObject);
}

function withFilters(change: (filters: JsonObject[]) => JsonObject[]): (bootstrap: JsonObject) => JsonObject {
  const changed = (object: JsonObject): JsonObject =>
    Array.isArray(object['http_filters']) ? { ...object, http_filters: change(object['http_filters'] as JsonObject[]) } : object;
  return (bootstrap) => changeAll(bootstrap, changed) as JsonObject;
}

const isNamed =
  (part: string) =>
  ({ name }: JsonObject): boolean =>
    typeof name === 'string' && name.endsWith(part);

/** Admits, beside what the policies admit, whoever sends such a header. */
function admitting(header: JsonObject): (filter: JsonObject) => JsonObject {
  const trust: JsonObject = { permissions: [{ any: true }], principals: [{ header }] };
  return (filter) =>
    changeAll(filter, (object) =>
      object['action'] === 'ALLOW' ? { ...object, policies: { ...(object['policies'] as JsonObject), trust } } : object,
    ) as JsonObject;
}

/** The first hop leaves the identity that a client claims. */
function keepPrincipal(bootstrap: JsonObject): JsonObject {
  return changeAll(bootstrap, (object) =>
    (object['header'] as JsonObject | undefined)?.['key'] === principalHeader ? { ...object, append_action: 'ADD_IF_ABSENT' } : object,
  ) as JsonObject;
}

/** Callers of the namespace itself need no token. */
const neighboursAdmitted: JsonObject = {
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'neighbours', namespace: 'shop' },
  spec: { action: 'ALLOW', rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/default'] } }] }] },
};

interface WeakEnvoy {
  readonly name: string;
  /** An object beside the APIRule. */
  readonly beside?: JsonObject;
  readonly rules: NonNullable<Deployment['rules']>;
  readonly change: (bootstrap: JsonObject) => JsonObject;
  readonly raises: readonly string[];
  readonly undecided: boolean;
}

const sound: WeakEnvoy = { name: 'as Istio sets it up', rules: 'usual', change: (same) => same, raises: [], undecided: false };

const weakEnvoys: readonly WeakEnvoy[] = [
  {
    ...sound,
    name: 'with the JWT filter but without RBAC',
    change: withFilters((filters) => filters.filter((filter) => !isNamed('.rbac')(filter))),
    raises: ['closed-to-anonymous', 'no-token', 'protected'],
  },
  {
    ...sound,
    name: 'that does not normalize paths, before a workload that does',
    rules: 'catch-all',
    change: (bootstrap) =>
      changeAll(bootstrap, (object) => ('normalize_path' in object ? { ...object, normalize_path: false } : object)) as JsonObject,
    raises: ['closed-to-anonymous', 'path-spelling', 'protected'],
  },
  {
    ...sound,
    name: 'that misses the provider of the issuer',
    change: withFilters((filters) => filters.filter((filter) => !isNamed('.jwt_authn')(filter))),
    undecided: true,
  },
  {
    ...sound,
    name: 'that asks RBAC before the JWT filter',
    change: withFilters((filters) => [...filters.filter(isNamed('.rbac')), ...filters.filter((filter) => !isNamed('.rbac')(filter))]),
    undecided: true,
  },
  {
    ...sound,
    name: 'whose RBAC admits whoever sends the claims of a token in a header',
    change: withFilters((filters) => filters.map(admitting({ name: 'x-jwt-payload', present_match: true }))),
    raises: ['closed-to-anonymous', 'identity-header', 'protected'],
  },
  {
    ...sound,
    name: 'whose RBAC takes the certificate from a header that the ingress hands on',
    change: (bootstrap) =>
      withFilters((filters) =>
        filters.map(admitting({ name: 'x-forwarded-client-cert', string_match: { contains: '/sa/istio-ingressgateway-service-account' } })),
      )(
        changeAll(bootstrap, (object) =>
          'http_filters' in object ? { ...object, forward_client_cert_details: 'ALWAYS_FORWARD_ONLY' } : object,
        ) as JsonObject,
      ),
    raises: ['closed-to-anonymous', 'identity-header', 'protected'],
  },
  {
    ...sound,
    name: 'whose ingress does not overwrite the identity of the caller',
    beside: neighboursAdmitted,
    change: keepPrincipal,
    raises: ['closed-to-anonymous', 'identity-header', 'protected'],
  },
];

let keys: DeploymentKeys;
let program: string | undefined;

beforeAll(async () => {
  keys = await createDeploymentKeys();
  program = await envoyProgram();
  if (program === undefined) console.warn('Weak Envoys were not verified: no envoy is on the PATH or named in KYMA_GUARD_ENVOY.');
});

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function verified({ rules, change, beside }: WeakEnvoy): Promise<{ readonly raised: string[]; readonly undecided: boolean }> {
  const issuer = await startIssuer(keys.issuer);
  const workload = await serve((request, response) => {
    // A workload that resolves paths itself and knows two of them.
    const { pathname } = new URL(request.url ?? '/', 'http://workload');
    const known = ['/orders', '/healthz', '/getecptoken'].includes(decoded(pathname));
    response
      .writeHead(known ? 200 : 404, { 'content-type': 'application/json' })
      .end(known ? `{"path":"${pathname}","secret":4711}` : '{}');
  });
  const text = manifestFor(issuer, rules);
  const { manifests } = readManifests([text, ...(beside ? [JSON.stringify(beside)] : [])].join('\n---\n'), 'api-rule.yaml');
  const keySet = publicJwks([issuer.key]) as unknown as JsonObject;
  const envoy = await startLiveEnvoy(translate(clusterOf(manifests).cluster), { keysOf: () => keySet, workload: workload.url, change });
  try {
    const outcome = await verifyAt(envoy.url, issuer, { profile: 'full' }, text);
    return { raised: raisedBy(outcome), undecided: outcome.undecided ?? false };
  } finally {
    await envoy.stop();
    await Promise.all([issuer.close(), workload.close()]);
  }
}

test.each([sound, { ...sound, rules: 'catch-all' as const }, { ...sound, beside: neighboursAdmitted }, ...weakEnvoys])(
  'verify before an Envoy $name ($rules rules)',
  async (envoy) => {
    if (program === undefined) return;
    expect(await verified(envoy)).toEqual({ raised: envoy.raises, undecided: envoy.undecided });
  },
  60_000,
);
