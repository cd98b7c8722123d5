import type { AccessRequest, Decision, Step } from '../../../model/access';
import { allowsOrigin, isPreflight } from '../../../model/cors';
import { decideInside } from '../../../model/decide';
import type { IstioObjects, Origin } from '../../../model/istio';
import { ingressPrincipal } from '../../../model/mesh';
import { readRequest, withoutPort, type NormalRequest } from '../../../model/normalize-request';
import { every, some, type Verdict } from '../../../model/verdict';
import { isOpenHandler, isShutHandler, judgeHandler } from './old-handlers';
import { istioObjectsOf } from './old-istio-jwt';
import { oldHostAt, type OldCheck, type OldHost, type OldModel, type OldRoute } from './old-model';
import type { OldTokenFacts } from './old-token';

/** Identity with which Oathkeeper called workloads. */
export const oathkeeperPrincipal = 'cluster.local/ns/kyma-system/sa/oathkeeper-maester-account';

/** What became of a request under old rules. */
export interface OldDecision extends Omit<Decision, 'status'> {
  /** Status of the answer of a gateway or of Oathkeeper, 500 where several of its rules took the request; 0 for what is forwarded or unknown. */
  readonly status: number;
  /** The rule that had the say. */
  readonly rule?: Origin;
  /** True when the rule let nobody in, whatever the request held. */
  readonly nobody?: true;
}

/**
 * What the gateway, Oathkeeper and the proxy of the workload did with a request from outside under old rules, and why.
 *
 * @param facts What is known of each token of the request, by its text.
 */
export function simulateOld(model: OldModel, request: AccessRequest, facts: OldTokenFacts): OldDecision {
  const normal = readRequest(request);
  if ('refused' in normal) return deny(normal.refused, step('normalize', `the gateway takes no request ${request.method} of this form`));
  const host = oldHostAt(model, withoutPort(normal.host));
  if (!host) return deny(404, step('route', `no old APIRule has host ${normal.host}`));
  const route = host.routes.find((candidate) => isTaken(candidate, normal));
  if (!route) return deny(404, step('route', `no old rule takes ${normal.method} ${normal.path}`));
  if (isPreflight(normal) && allowsOrigin(corsOf(route), normal.headers['origin'] ?? '')) {
    return {
      verdict: 'answer',
      status: 200,
      body: '',
      why: [step('cors', 'the gateway answers the preflight itself')],
      rule: route.origin,
    };
  }
  if (route.by === 'service') return behind(model, route, request, facts, ingressPrincipal);
  const place = { host, route, request, normal, facts };
  return route.by === 'proxy' ? atProxy(model, place) : atOathkeeper(model, place);
}

function isTaken({ methods, takes }: OldRoute, { method, path }: NormalRequest): boolean {
  return method !== 'CONNECT' && (methods === undefined || methods.includes(method)) && takes(path);
}

function corsOf({ cors }: OldRoute) {
  return { allowOrigins: cors.allowOrigins, allowMethods: [], allowHeaders: [], exposeHeaders: [] };
}

/** The request at the proxy of its workload, where only hand-made objects have a say. */
function behind(model: OldModel, route: OldRoute | OldCheck, request: AccessRequest, facts: OldTokenFacts, principal: string): OldDecision {
  const objects: IstioObjects = { virtualServices: [], ...model.beside };
  const decision = decideInside(objects, route.destination, { ...request, caller: principal }, facts);
  return { ...decision, rule: route.origin };
}

/** The proxy checked tokens itself: as it does today, by objects of the same form. */
function atProxy(model: OldModel, { host, route, request, normal, facts }: BehindRoute): OldDecision {
  const sameWorkload = JSON.stringify(route.destination.workload);
  const rules = host.proxied.filter(
    ({ destination, takes }) => takes(normal.path) && JSON.stringify(destination.workload) === sameWorkload,
  );
  const objects = istioObjectsOf(rules, model, facts);
  return { ...decideInside(objects, route.destination, { ...request, caller: ingressPrincipal }, facts), rule: route.origin };
}

/** A request behind the route that took it. */
interface BehindRoute {
  readonly host: OldHost;
  readonly route: OldRoute;
  readonly request: AccessRequest;
  readonly normal: NormalRequest;
  readonly facts: OldTokenFacts;
}

function atOathkeeper(model: OldModel, { host, route, request, normal, facts }: BehindRoute): OldDecision {
  const taking = host.checks.filter(({ methods, takes }) => methods.includes(normal.method) && takes(normal.path));
  const [first] = taking;
  if (!first) return deny(404, step('route', `no rule of Oathkeeper takes ${normal.method} ${normal.path}`, route.origin), route.origin);
  // Oathkeeper answered 500 where several rules took a request. What their authors meant is admitted if every one that asks for a token admits it.
  const asking = taking.length > 1 ? taking.filter((check) => !isOpenRule(check)) : taking;
  const verdict = every(asking, (check) => judgeCheck(check, model, normal, facts));
  if (verdict === true) {
    const own = taking.find(({ origin }) => isSameOrigin(origin, route.origin)) ?? first;
    return { ...behind(model, own, request, facts, oathkeeperPrincipal), rule: first.origin };
  }
  const strict = asking.find((check) => judgeCheck(check, model, normal, facts) !== true) ?? first;
  if (verdict !== false) return unknown(verdict.unknown, strict.origin);
  const text =
    taking.length > 1 ? `${taking.length} rules of Oathkeeper take it, and not all are open` : 'no access strategy of the rule lets it in';
  const nobody = strict.strategies.every(isShutHandler);
  const decision = deny(taking.length > 1 ? 500 : 401, step('authenticate', text, strict.origin), strict.origin);
  return nobody ? { ...decision, nobody } : decision;
}

function isSameOrigin(a: Origin, b: Origin): boolean {
  return a.apiRule === b.apiRule && a.rule === b.rule;
}

function judgeCheck({ strategies }: OldCheck, { replaced }: OldModel, request: NormalRequest, facts: OldTokenFacts): Verdict {
  return some(strategies, (strategy) => judgeHandler(strategy, { request, facts, replaced }));
}

/** True for a rule that asks nobody for a token. */
export function isOpenRule({ rule: { accessStrategies } }: Pick<OldRoute, 'rule'>): boolean {
  return accessStrategies.some(isOpenHandler);
}

function step(stage: Step['stage'], text: string, origin?: Origin): Step {
  return { stage, text, ...(origin && { origin }) };
}

function deny(status: number, why: Step, rule?: Origin): OldDecision {
  return { verdict: 'deny', status, body: '', why: [why], ...(rule && { rule }) };
}

function unknown(missing: string, rule: Origin): OldDecision {
  return {
    verdict: 'unknown',
    status: 0,
    body: '',
    why: [step('authenticate', missing, rule)],
    missing: `unknown because ${missing}`,
    rule,
  };
}
