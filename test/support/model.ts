import type { AccessRequest, Decision, TokenFact, TokenFacts } from '../../src/model/access';
import { clusterOf, type Cluster } from '../../src/model/cluster';
import { decide } from '../../src/model/decide';
import type { IstioObjects } from '../../src/model/istio';
import type { JsonObject } from '../../src/model/json';
import { readManifests } from '../../src/model/read-manifests';
import { translate } from '../../src/model/translate';

/** Issuer of the tests, with its keys. */
export const issuer = 'https://example.com';
const jwksUri = `${issuer}/.well-known/jwks.json`;

/** One rule of an APIRule in JSON. `strategy` is `noAuth` or the members of `jwt` beside the test issuer. */
export function rule(path: string, methods: string, strategy: 'noAuth' | JsonObject = 'noAuth'): JsonObject {
  const access = strategy === 'noAuth' ? { noAuth: true } : { jwt: { authentications: [{ issuer, jwksUri }], ...strategy } };
  return { path, methods: methods.split(','), ...access };
}

/** An APIRule v2 in JSON; `spec` replaces members of a usable one for Service `shop/orders`. */
export function apiRule(rules: JsonObject[], spec: JsonObject = {}, name = 'orders'): JsonObject {
  return {
    apiVersion: 'gateway.kyma-project.io/v2',
    kind: 'APIRule',
    metadata: { name, namespace: 'shop' },
    spec: { hosts: ['orders.example.com'], gateway: 'kyma-system/kyma-gateway', service: { name: 'orders', port: 8080 }, rules, ...spec },
  };
}

/** Service `shop/NAME` with the selector `app: NAME`. */
export function service(name = 'orders'): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { selector: { app: name }, ports: [{ port: 8080 }] },
  };
}

/** AuthorizationPolicy in namespace `shop` for the Pods of Service `orders`. */
export function policy(spec: JsonObject, name = 'manual'): JsonObject {
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name, namespace: 'shop' },
    spec: { selector: { matchLabels: { app: 'orders' } }, ...spec },
  };
}

/** Reads objects as one cluster, without looking at problems. */
export function clusterFrom(...objects: JsonObject[]): Cluster {
  const { manifests } = readManifests(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }), 'test.yaml');
  return clusterOf(manifests).cluster;
}

/** Istio objects that the objects become. */
export function istioFrom(...objects: JsonObject[]): IstioObjects {
  return translate(clusterFrom(...objects));
}

/** A request for host `orders.example.com`: `GET /path`, with an optional bearer token. */
export function request(line: string, token?: string, more: Partial<AccessRequest> = {}): AccessRequest {
  const [method = '', target = ''] = line.split(' ');
  return { host: 'orders.example.com', method, target, headers: token === undefined ? {} : { authorization: `Bearer ${token}` }, ...more };
}

/** Text of the token that `good` knows. */
export const goodToken = 'h.good.s';

/** Facts about one token, valid unless said otherwise: issued by the test issuer for subject `client`. */
export function good(claims: JsonObject = {}, fact: TokenFact = {}): TokenFacts {
  return new Map([[goodToken, { issuer, claims: { sub: 'client', ...claims }, ...fact }]]);
}

/** Facts about no token at all. */
export const nothing: TokenFacts = new Map();

/** Status that a client sees when the workload answers 200. */
export function status(objects: IstioObjects, call: AccessRequest, facts: TokenFacts = good()): number | string {
  const decision = decide(objects, call, facts);
  return decision.verdict === 'unknown' ? 'unknown' : statusOf(decision);
}

function statusOf(decision: Decision): number {
  return decision.verdict === 'forward' ? 200 : decision.status;
}
