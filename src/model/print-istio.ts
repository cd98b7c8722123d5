import type { Cluster } from './cluster';
import type { AuthorizationPolicy, HttpRoute, JwtRule, PolicyRule, RequestAuthentication, VirtualService } from './istio';
import type { JsonObject } from './json';
import { assumedLabel } from './service-workload';
import { translate } from './translate';

/** One object that the controller will create, and what a reader should know of it. */
export interface PrintedIstio {
  readonly object: JsonObject;
  /** One sentence; absent when the object is exactly what the controller makes. */
  readonly remark?: string;
}

/** `namespace/name` of an APIRule. */
type Owner = string;

const moduleLabels = {
  'kyma-project.io/module': 'api-gateway',
  'app.kubernetes.io/managed-by': 'api-gateway',
  'app.kubernetes.io/component': 'api-gateway',
  'app.kubernetes.io/part-of': 'api-gateway',
};

/**
 * The VirtualService, AuthorizationPolicies and RequestAuthentications that the controller makes of each APIRule, in the order in which it
 * applies them, with the fields and labels that it sets. Objects that are in the input already do not count.
 */
export function printIstio(cluster: Cluster): PrintedIstio[] {
  const istio = { virtualServices: [], requestAuthentications: [], authorizationPolicies: [] };
  const objects = translate({ ...cluster, istio, realized: new Set() });
  const functions = new Set(
    cluster.services
      .filter(({ manifest }) => manifest.kind === 'Function')
      .map(({ selector, namespace }) => JSON.stringify([namespace, selector])),
  );
  const remark = (object: AuthorizationPolicy | RequestAuthentication): Pick<PrintedIstio, 'remark'> => remarkOn(object, functions);
  const services = byOwner(objects.virtualServices, ({ namespace, name }) => `${namespace}/${name}`);
  const policies = byOwner(objects.authorizationPolicies, ({ origin }) => origin?.apiRule ?? '');
  const authentications = byOwner(objects.requestAuthentications, ({ apiRule }) => apiRule ?? '');
  return cluster.apiRules.flatMap(({ namespace, name }) => {
    const owner = `${namespace}/${name}`;
    return [
      ...services(owner).map((object) => ({ object: virtualServiceManifest(object, owner) })),
      ...policies(owner).map((object) => ({ object: policyManifest(object, owner), ...remark(object) })),
      ...authentications(owner).map((object) => ({ object: authenticationManifest(object, owner), ...remark(object) })),
    ];
  });
}

function byOwner<T>(objects: readonly T[], ownerOf: (object: T) => Owner): (owner: Owner) => readonly T[] {
  const found = new Map<Owner, T[]>();
  for (const object of objects) {
    const list = found.get(ownerOf(object));
    if (list) list.push(object);
    else found.set(ownerOf(object), [object]);
  }
  return (owner) => found.get(owner) ?? [];
}

function remarkOn(
  { namespace, selector }: Pick<RequestAuthentication, 'namespace' | 'selector'>,
  functions: ReadonlySet<string>,
): { readonly remark?: string } {
  const service = selector[assumedLabel];
  if (service !== undefined)
    return {
      remark: `Service ${namespace}/${service} is not in the input; the controller copies its selector to where ${assumedLabel} stands.`,
    };
  if (!functions.has(JSON.stringify([namespace, selector]))) return {};
  return { remark: 'The selector in the cluster holds serverless.kyma-project.io/uuid of the Function, too.' };
}

function metadata(namespace: string, owner: Owner, more: Readonly<Record<string, string>> = {}): JsonObject {
  const [ownerNamespace = '', name = ''] = owner.split('/');
  const labels = {
    'apirule.gateway.kyma-project.io/name': name,
    'apirule.gateway.kyma-project.io/namespace': ownerNamespace,
    ...moduleLabels,
    ...more,
  };
  return { generateName: `${name}-`, namespace, labels };
}

function virtualServiceManifest({ namespace, hosts, gateways, http }: VirtualService, owner: Owner): JsonObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: metadata(namespace, owner),
    spec: { gateways: [...gateways], hosts: [...hosts], http: http.map(routeManifest) },
  };
}

function routeManifest(route: HttpRoute): JsonObject {
  const { uri, methodRegex, destination, timeoutSeconds, setRequestHeaders, removeResponseHeaders, cors } = route;
  return {
    match: [{ uri: { [uri.kind]: uri.value }, ...(methodRegex !== undefined && { method: { regex: methodRegex } }) }],
    route: [
      {
        destination: {
          host: `${destination.service}.${destination.namespace}.svc.cluster.local`,
          port: { number: destination.port },
        },
        weight: 100,
      },
    ],
    timeout: `${timeoutSeconds}s`,
    headers: { request: { set: { ...setRequestHeaders } }, response: { remove: [...removeResponseHeaders] } },
    ...(cors && { corsPolicy: corsManifest(cors) }),
  };
}

function corsManifest(cors: NonNullable<HttpRoute['cors']>): JsonObject {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAgeSeconds } = cors;
  return {
    allowOrigins: allowOrigins.map(({ match, value }) => ({ [match]: value })),
    ...listed('allowMethods', allowMethods),
    ...listed('allowHeaders', allowHeaders),
    ...listed('exposeHeaders', exposeHeaders),
    ...(allowCredentials !== undefined && { allowCredentials }),
    ...(maxAgeSeconds !== undefined && { maxAge: `${maxAgeSeconds}s` }),
  };
}

function policyManifest(policy: AuthorizationPolicy, owner: Owner): JsonObject {
  const { namespace, name, selector, action, provider, rules } = policy;
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    // Names of translated policies end in their position among those of their rule.
    metadata: metadata(namespace, owner, { 'gateway.kyma-project.io/index': name.slice(name.lastIndexOf('-') + 1) }),
    spec: {
      selector: { matchLabels: { ...selector } },
      action,
      ...(provider !== undefined && { provider: { name: provider } }),
      rules: rules.map(policyRuleManifest),
    },
  };
}

function policyRuleManifest({ from, to, when }: PolicyRule): JsonObject {
  return {
    ...(from.length > 0 && { from: from.map((source) => ({ source: lists({ ...source }) })) }),
    ...(to.length > 0 && { to: to.map((operation) => ({ operation: lists({ ...operation }) })) }),
    ...(when.length > 0 && { when: when.map(({ key, ...values }) => ({ key, ...lists(values) })) }),
  };
}

function authenticationManifest({ namespace, selector, jwtRules }: RequestAuthentication, owner: Owner): JsonObject {
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'RequestAuthentication',
    metadata: metadata(namespace, owner),
    spec: { selector: { matchLabels: { ...selector } }, jwtRules: jwtRules.map(jwtRuleManifest) },
  };
}

function jwtRuleManifest({ issuer, jwksUri, fromHeaders, fromParams }: JwtRule): JsonObject {
  return {
    issuer,
    jwksUri,
    forwardOriginalToken: true,
    ...(fromHeaders.length > 0 && { fromHeaders: fromHeaders.map((header) => ({ ...header })) }),
    ...listed('fromParams', fromParams),
  };
}

function listed(key: string, values: readonly string[]): JsonObject {
  return values.length > 0 ? { [key]: [...values] } : {};
}

function lists(members: Readonly<Record<string, readonly string[] | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([key, values]) => [key, [...(values ?? [])]]));
}
