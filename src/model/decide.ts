import type { AccessRequest, Decision, Step, TokenFacts } from './access';
import { authenticate, tokenTexts, type Authentication } from './authenticate';
import { isPreflight } from './cors';
import type { Destination, HttpRoute, IstioObjects, JwtRule, Workload } from './istio';
import { authorize, refusedPolicy } from './authorize';
import { ingressPrincipal } from './mesh';
import { normalizeRequest, readRequest, withoutPort, type NormalRequest } from './normalize-request';
import { routeRequest } from './route-request';
import { selects, selectsIngress } from './select-workload';
import { variantsOf } from './service-workload';

/** Body of every 403 that a policy gives. */
export const rbacBody = 'RBAC: access denied';

/**
 * Token texts that Envoy would read from the request at the workload it reaches, each once. Check each and pass the facts to
 * `decide`. Empty when the request reaches no workload or nothing there looks at tokens.
 */
export function tokensOf(objects: IstioObjects, request: AccessRequest): readonly string[] {
  const normal = normalizeRequest(request);
  const arrival = normal && arrive(objects, normal);
  if (!normal || !arrival || 'verdict' in arrival || isPreflight(normal)) return [];
  const all = variantsOf(arrival.destination.workload).map((workload) => jwtRulesAt(objects, workload));
  return tokenTexts(
    all.flatMap(({ rules, uncertain }) => [...rules, ...uncertain]),
    arrival.request,
  );
}

/**
 * What the data plane does with a request, and why. `unknown` when the input lacks what it takes to tell: an external
 * authorizer, a token without facts, the labels of Pods.
 *
 * @param facts What is known of each text that `tokensOf` names.
 */
export function decide(objects: IstioObjects, request: AccessRequest, facts: TokenFacts): Decision {
  const normal = readRequest(request);
  if ('refused' in normal)
    return deny(normal.refused, normal.body, [{ stage: 'normalize', text: `the gateway takes no request ${request.method} of this form` }]);
  const arrival = arrive(objects, normal);
  if ('verdict' in arrival) return arrival;
  return admit(objects, arrival, facts);
}

/**
 * What the proxy of a workload does with a request from inside the cluster, whatever host it names: nothing there checks that a Host header is
 * that of the Service. `caller` of the request says who calls.
 */
export function decideInside(objects: IstioObjects, destination: Destination, request: AccessRequest, facts: TokenFacts): Decision {
  const normal = readRequest(request);
  if ('refused' in normal)
    return deny(normal.refused, normal.body, [{ stage: 'normalize', text: 'the proxy takes no request of this form' }]);
  return admit(objects, { request: normal, destination, principal: request.caller ?? '', why: [] }, facts);
}

/** A request at the proxy of its workload. */
interface Arrival {
  /** With the headers that the route sets. */
  readonly request: NormalRequest;
  readonly destination: Destination;
  readonly principal: string;
  readonly route?: HttpRoute;
  readonly why: readonly Step[];
}

function arrive(objects: IstioObjects, request: NormalRequest): Arrival | Decision {
  if (request.caller !== undefined) return arriveInside(objects, request, request.caller);
  const atIngress = [...objects.authorizationPolicies, ...objects.requestAuthentications].find(selectsIngress);
  if (atIngress)
    return unknown(`what ${atIngress.namespace}/${atIngress.name} decides at the ingress gateway itself is not known to the model`, []);
  const routing = routeRequest(objects, request);
  if (routing.kind === 'nowhere') return deny(404, '', [{ stage: 'route', text: routing.why }]);
  if (routing.kind === 'unknown') return unknown(routing.missing, []);
  const { route } = routing;
  const step: Step = { stage: 'route', text: routeText(route, request), ...(route.origin ? { origin: route.origin } : {}) };
  const reached = { route, destination: route.destination };
  if (routing.kind === 'route') return { ...reached, request: withHeadersOf(route, request), principal: ingressPrincipal, why: [step] };
  const answer: Step = { stage: 'cors', text: 'the gateway answers the preflight of an allowed origin itself' };
  return { verdict: 'answer', status: 200, body: '', why: [step, answer], ...reached };
}

/** Headers that a route sets replace those of the client, before the workload's proxy looks for tokens or at the host. */
function withHeadersOf({ setRequestHeaders }: HttpRoute, request: NormalRequest): NormalRequest {
  const set = Object.entries(setRequestHeaders).map(
    ([name, value]) => [name.toLowerCase(), value.replaceAll('%REQ(:AUTHORITY)%', request.host)] as const,
  );
  const names = set.map(([name]) => name);
  const lines = Object.entries(request.headerLines ?? {}).filter(([name]) => !names.includes(name));
  const host = set.find(([name]) => name === 'host' || name === ':authority')?.[1] ?? request.host;
  return {
    ...request,
    host: host.toLowerCase(),
    headers: { ...request.headers, ...Object.fromEntries(set) },
    headerLines: Object.fromEntries(lines),
  };
}

function arriveInside(objects: IstioObjects, request: NormalRequest, principal: string): Arrival | Decision {
  const [service, namespace] = withoutPort(request.host).split('.');
  const known = objects.virtualServices.flatMap(({ http }) => http.map(({ destination }) => destination));
  const destination = known.find((candidate) => candidate.service === service && candidate.namespace === namespace);
  if (!destination) return unknown(`Service ${request.host} is not in the input`, []);
  if (!request.path.startsWith('/')) return deny(404, '', [{ stage: 'route', text: `no route takes ${request.method} ${request.path}` }]);
  return {
    request,
    destination,
    principal,
    why: [{ stage: 'route', text: `${principal || 'a caller without identity'} calls ${service}.${namespace} inside the cluster` }],
  };
}

function routeText({ uri, destination }: HttpRoute, { method, path }: NormalRequest): string {
  return `${method} ${path} takes the route ${uri.kind} ${uri.value} to ${destination.namespace}/${destination.service}:${destination.port}`;
}

/** A Service leads to any of its Pods: what one kind of them lets in is in. */
function admit(objects: IstioObjects, arrival: Arrival, facts: TokenFacts): Decision {
  const { variants } = arrival.destination.workload;
  if (!variants) return admitAt(objects, arrival, arrival.destination.workload, facts);
  const decisions = variants.map((workload) =>
    admitAt(objects, { ...arrival, why: [...arrival.why, podsStep(workload)] }, workload, facts),
  );
  const [worst] = ['forward', 'unknown', 'deny'].flatMap((verdict) => decisions.find((decision) => decision.verdict === verdict) ?? []);
  return worst ?? admitAt(objects, arrival, arrival.destination.workload, facts);
}

function podsStep({ labels }: Workload): Step {
  const text = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return { stage: 'route', text: `of the Pods behind the Service, it may be one with ${text.join(', ')}` };
}

function admitAt(objects: IstioObjects, arrival: Arrival, workload: Workload, facts: TokenFacts): Decision {
  const { request } = arrival;
  const refused = refusedPolicy(objects.authorizationPolicies, workload);
  if (refused !== undefined) return unknown(refused, arrival.why, arrival);
  const authentication = authenticateAt(objects, request, workload, facts);
  const why = [...arrival.why, authenticationStep(authentication)];
  if (authentication.kind === 'unknown') return unknown(authentication.missing, why, arrival);
  if (authentication.kind === 'refused') return deny(401, authentication.reason, why, arrival);
  const claims = authentication.kind === 'accepted' ? authentication.claims : undefined;
  const input = { request, principal: arrival.principal, ...(claims ? { claims } : {}) };
  const { verdict, step, missing, by } = authorize(objects.authorizationPolicies, workload, input);
  const steps = [...why, step];
  if (verdict === 'unknown') return unknown(missing, steps, arrival);
  if (verdict === 'deny') return deny(403, rbacBody, steps, arrival);
  return { verdict: 'forward', status: 0, body: '', why: steps, ...reachedBy(arrival), ...(by ? { admittedBy: by } : {}) };
}

function authenticateAt(objects: IstioObjects, request: NormalRequest, workload: Workload, facts: TokenFacts): Authentication {
  // The JWT filter lets preflights pass without a look.
  if (isPreflight(request)) return { kind: 'none' };
  const { rules, uncertain } = jwtRulesAt(objects, workload);
  const known = new Set(tokenTexts(rules, request));
  if (tokenTexts(uncertain, request).some((text) => !known.has(text))) {
    return { kind: 'unknown', missing: 'whether a RequestAuthentication of the namespace selects the Pods is not in the input' };
  }
  return authenticate(rules, request, facts);
}

function jwtRulesAt(objects: IstioObjects, workload: Workload): { readonly rules: JwtRule[]; readonly uncertain: JwtRule[] } {
  const rules: JwtRule[] = [];
  const uncertain: JwtRule[] = [];
  for (const authentication of objects.requestAuthentications) {
    const verdict = selects(authentication, workload, authentication.apiRule !== undefined);
    if (verdict !== false) (verdict === true ? rules : uncertain).push(...authentication.jwtRules);
  }
  return { rules, uncertain };
}

function authenticationStep(authentication: Authentication): Step {
  const texts = {
    none: () => 'no token where the workload looks for one; the request goes on without identity',
    accepted: () => 'a token is valid for a trusted issuer',
    refused: () => 'a token is there and no trusted issuer accepts it, which is refused on every path of the workload',
    unknown: () => 'a token is there and nothing is known of it',
  };
  return { stage: 'authenticate', text: texts[authentication.kind]() };
}

function reachedBy(arrival: Arrival): Pick<Decision, 'route' | 'destination'> {
  return { destination: arrival.destination, ...(arrival.route ? { route: arrival.route } : {}) };
}

function deny(status: 400 | 401 | 403 | 404, body: string, why: readonly Step[], arrival?: Arrival): Decision {
  return { verdict: 'deny', status, body, why, ...(arrival ? reachedBy(arrival) : {}) };
}

function unknown(missing: string, why: readonly Step[], arrival?: Arrival): Decision {
  return { verdict: 'unknown', status: 0, body: '', why, missing: `unknown because ${missing}`, ...(arrival ? reachedBy(arrival) : {}) };
}
