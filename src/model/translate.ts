import type { ApiRule, Rule } from './api-rule';
import { gatewayOf, hostIn, type Cluster } from './cluster';
import type { AuthorizationPolicy, HttpRoute, IstioObjects, RequestAuthentication, VirtualService } from './istio';
import { routeUri } from './path-template';
import type { RuleInPlace } from './rule-in-place';
import { requestAuthenticationsOf } from './translate-authentication';
import { policiesOf } from './translate-policies';
import { destinationOf, indexServices, selectorOf, type ServiceIndex } from './service-workload';

/** How long the gateway waits when neither the rule nor the APIRule says. */
const defaultTimeoutSeconds = 180;

const corsResponseHeaders = ['Allow-Origin', 'Expose-Headers', 'Allow-Headers', 'Allow-Credentials', 'Allow-Methods', 'Max-Age'].map(
  (name) => `Access-Control-${name}`,
);

/**
 * The Istio objects that Kyma's controller makes of the APIRules, and those that the input itself holds. An APIRule whose
 * own objects are in the input is not translated: the cluster obeys the real ones.
 */
export function translate(cluster: Cluster): IstioObjects {
  const services = indexServices(cluster.services);
  const virtualServices: VirtualService[] = [];
  const policies: AuthorizationPolicy[] = [];
  const authentications: RequestAuthentication[] = [];
  for (const apiRule of cluster.apiRules) {
    if (cluster.realized.has(`${apiRule.namespace}/${apiRule.name}`)) continue;
    const rules = rulesInPlace(cluster, apiRule, services);
    virtualServices.push(virtualServiceOf(apiRule, rules));
    policies.push(...policiesOf(rules));
    authentications.push(...requestAuthenticationsOf(rules));
  }
  return {
    virtualServices: [...virtualServices, ...cluster.istio.virtualServices],
    requestAuthentications: [...authentications, ...cluster.istio.requestAuthentications],
    authorizationPolicies: [...policies, ...cluster.istio.authorizationPolicies],
  };
}

function rulesInPlace(cluster: Cluster, apiRule: ApiRule, services: ServiceIndex): RuleInPlace[] {
  const hosts = apiRule.hosts.map((host) => hostIn(cluster, apiRule, host));
  return apiRule.rules.map((rule, index) => {
    const service = rule.service ?? apiRule.service;
    // A rule's service without namespace takes that of the APIRule's service, then that of the APIRule.
    const namespace = rule.service?.namespace ?? apiRule.service?.namespace ?? apiRule.namespace;
    const name = service?.name ?? '';
    const destination = destinationOf(services, namespace, name, service?.port ?? 0);
    return { apiRule, rule, index, hosts, destination, selector: selectorOf(services, namespace, name) };
  });
}

function virtualServiceOf(apiRule: ApiRule, rules: readonly RuleInPlace[]): VirtualService {
  return {
    namespace: apiRule.namespace,
    name: apiRule.name,
    hosts: rules[0]?.hosts ?? [],
    gateways: [gatewayOf(apiRule)],
    http: rules.map(routeOf),
  };
}

function routeOf({ apiRule, rule, index, hosts, destination }: RuleInPlace): HttpRoute {
  return {
    origin: { apiRule: `${apiRule.namespace}/${apiRule.name}`, rule: index },
    uri: routeUri(rule.path),
    methodRegex: `^(${rule.methods.join('|')})$`,
    destination,
    timeoutSeconds: rule.timeoutSeconds ?? apiRule.timeoutSeconds ?? defaultTimeoutSeconds,
    setRequestHeaders: requestHeadersOf(rule, hosts[0] ?? ''),
    removeResponseHeaders: corsResponseHeaders,
    // Without an allowed origin the controller drops the whole policy.
    ...(apiRule.corsPolicy && apiRule.corsPolicy.allowOrigins.length > 0 ? { cors: apiRule.corsPolicy } : {}),
  };
}

function requestHeadersOf(rule: Rule, host: string): Record<string, string> {
  const cookies = Object.entries(rule.request?.cookies ?? {}).map(([name, value]) => `${name}=${value}`);
  return {
    'x-forwarded-host': host.startsWith('*.') ? '%REQ(:AUTHORITY)%' : host,
    ...rule.request?.headers,
    ...(cookies.length > 0 ? { Cookie: cookies.join('; ') } : {}),
  };
}
