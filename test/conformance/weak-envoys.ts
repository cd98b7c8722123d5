import { principalHeader } from '../../src/local/envoy/private-header';
import type { JsonObject } from '../../src/model/json';
import type { Deployment } from '../gateways/deployment';

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

/** Policies that deny nothing: what they would do is only written down. */
function shadowed(filter: JsonObject): JsonObject {
  return changeAll(filter, ({ rules, ...object }) =>
    rules !== undefined && (rules as JsonObject)['action'] === 'ALLOW'
      ? { ...object, shadow_rules: rules }
      : { ...object, ...(rules !== undefined && { rules }) },
  ) as JsonObject;
}

/** Takes the demands on some claims out of every policy. */
function withoutClaims(...claims: readonly string[]): (filter: JsonObject) => JsonObject {
  const asksFor = (text: string): boolean => claims.some((claim) => text.includes(`"key":"${claim}"`));
  const isDemand = (entry: unknown): boolean => !asksFor(JSON.stringify(entry)) || JSON.stringify(entry).includes('"key":"iss"');
  return (filter) =>
    changeAll(filter, (object) =>
      Array.isArray(object['ids']) && object['ids'].length > 2 ? { ...object, ids: object['ids'].filter(isDemand) } : object,
    ) as JsonObject;
}

function admittingAddresses(filter: JsonObject): JsonObject {
  const inside: JsonObject = { permissions: [{ any: true }], principals: [{ remote_ip: { address_prefix: '10.0.0.0', prefix_len: 8 } }] };
  return changeAll(filter, (object) =>
    object['action'] === 'ALLOW' ? { ...object, policies: { ...(object['policies'] as JsonObject), inside } } : object,
  ) as JsonObject;
}

/** Plain Envoy without Istio: the JWT filter alone decides, by rules of its own. */
function jwtOnly(rules: readonly JsonObject[], route = '^/orders$', anyIssuer = false): (bootstrap: JsonObject) => JsonObject {
  const alone = withFilters((filters) => filters.filter((filter) => !isNamed('.rbac')(filter)));
  return (bootstrap) =>
    changeAll(alone(bootstrap), (object) => {
      if ('bypass_cors_preflight' in object) return { ...object, rules: [...rules] };
      if (object['regex'] === '^/orders$') return { ...object, regex: route };
      if (!anyIssuer || !('payload_in_metadata' in object)) return object;
      const { issuer: _, ...provider } = object;
      return provider;
    }) as JsonObject;
}

/** A route for every other host, around the filters of the workload. */
function withHostForAll(object: JsonObject): JsonObject {
  if (object['name'] !== 'ingress' || !Array.isArray(object['virtual_hosts'])) return object;
  const routes = [{ match: { prefix: '/' }, route: { cluster: 'process-of-sidecar-0-shop-orders' } }];
  return { ...object, virtual_hosts: [...object['virtual_hosts'], { name: 'all', domains: ['*'], routes }] };
}

/** Callers of the namespace itself need no token. */
const neighboursAdmitted: JsonObject = {
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'neighbours', namespace: 'shop' },
  spec: { action: 'ALLOW', rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/default'] } }] }] },
};

/** Envoy as Istio sets it up for an APIRule, with one thing changed. */
export interface WeakEnvoy {
  /** What is special about it, as a part of a sentence. */
  readonly name: string;
  /** An object beside the APIRule. */
  readonly beside?: JsonObject;
  /** Rules of the APIRule. */
  readonly rules: NonNullable<Deployment['rules']>;
  readonly change: (bootstrap: JsonObject) => JsonObject;
  /** Ids of all results above info, sorted. */
  readonly raises: readonly string[];
  readonly undecided: boolean;
}

const sound: WeakEnvoy = { name: 'as Istio sets it up', rules: 'usual', change: (same) => same, raises: [], undecided: false };

/** The same with nothing changed, under several rules. */
export const soundEnvoys: readonly WeakEnvoy[] = [
  sound,
  { ...sound, rules: 'catch-all' },
  { ...sound, name: 'as Istio sets it up, with callers of the namespace admitted', beside: neighboursAdmitted },
];

/** Envoys that are set up wrongly. */
export const weakEnvoys: readonly WeakEnvoy[] = [
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
  {
    ...sound,
    name: 'whose policies are only logged',
    change: withFilters((filters) => filters.map(shadowed)),
    raises: ['closed-to-anonymous', 'no-token', 'protected'],
  },
  {
    ...sound,
    name: 'whose policy lost its scope',
    change: withFilters((filters) => filters.map(withoutClaims('scp', 'scope', 'scopes'))),
    raises: ['protected', 'wrong-scope'],
  },
  {
    ...sound,
    name: 'whose policy lost its audience',
    change: withFilters((filters) => filters.map(withoutClaims('aud'))),
    raises: ['protected', 'wrong-audience'],
  },
  {
    ...sound,
    name: 'that forgives clocks which are a year apart',
    change: (bootstrap) =>
      changeAll(bootstrap, (object) =>
        'payload_in_metadata' in object ? { ...object, clock_skew_seconds: 31_536_000 } : object,
      ) as JsonObject,
    raises: ['expired-token', 'protected'],
  },
  {
    ...sound,
    name: 'whose RBAC admits addresses inside, and believes what a client says of its own',
    change: (bootstrap) =>
      withFilters((filters) => filters.map(admittingAddresses))(
        changeAll(bootstrap, (object) =>
          object['use_remote_address'] === true ? { ...object, use_remote_address: false } : object,
        ) as JsonObject,
      ),
    raises: ['client-address', 'closed-to-anonymous', 'protected'],
  },
  {
    ...sound,
    name: 'whose JWT filter looks at the exact path, without RBAC, before a workload that does not',
    change: jwtOnly([{ match: { path: '/orders' }, requires: { provider_name: 'origins-0' } }], '^/orders/?$'),
    raises: ['closed-to-anonymous', 'denied-client', 'path-spelling', 'protected', 'wrong-audience', 'wrong-scope'],
  },
  {
    ...sound,
    name: 'whose JWT filter spares what has a header, without RBAC',
    change: jwtOnly([
      { match: { prefix: '/', headers: [{ name: 'x-original-url', present_match: true }] } },
      { match: { prefix: '/orders' }, requires: { provider_name: 'origins-0' } },
    ]),
    raises: ['closed-to-anonymous', 'denied-client', 'protected', 'rewrite-header', 'wrong-audience', 'wrong-scope'],
  },
  {
    ...sound,
    name: 'whose JWT filter takes any issuer that its keys signed for, without RBAC',
    change: jwtOnly([{ match: { prefix: '/orders' }, requires: { provider_name: 'origins-0' } }], undefined, true),
    raises: ['denied-client', 'protected', 'wrong-issuer'],
  },
  {
    ...sound,
    name: 'that forwards whatever is asked of another host',
    change: (bootstrap) => changeAll(bootstrap, withHostForAll) as JsonObject,
    raises: ['closed-to-anonymous', 'protected', 'request-target'],
  },
];
