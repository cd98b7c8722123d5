import type { CorsPolicy, ServiceRef } from '../../../model/api-rule';
import type { Destination, IstioObjects, Origin } from '../../../model/istio';
import { fullMatch, type FullMatch } from '../../../model/linear-regex';
import { destinationOf, type ServiceIndex } from '../../../model/service-workload';
import type { OldApiRule, OldHandler, OldJwtHandler, OldRule } from '../../old-api-rule';
import { oldExpression } from '../../paths/old-path-automaton';
import type { ReplacedIssuer } from './replaced-issuer';

/** What the old APIRules of some hosts let in. */
export interface OldModel {
  readonly hosts: ReadonlyMap<string, OldHost>;
  /** Objects that no APIRule made and that were in force beside the old ones. */
  readonly beside: Pick<IstioObjects, 'authorizationPolicies' | 'requestAuthentications'>;
  readonly replaced: readonly ReplacedIssuer[];
}

/** What decided about the requests to one host. */
export interface OldHost {
  readonly host: string;
  /** Rules of the VirtualService: the first one that takes a request leads it on. */
  readonly routes: readonly OldRoute[];
  /** Rules of Oathkeeper: exactly one must take a request. */
  readonly checks: readonly OldCheck[];
  /** Rules whose tokens the proxy of the workload checked. All of them were policies, also those that got no route of their own. */
  readonly proxied: readonly OldRoute[];
}

/** A rule in its place. */
export interface OldPlace {
  readonly origin: Origin;
  readonly rule: OldRule;
  /** An expression that must match the whole path. */
  readonly expression: string;
  readonly takes: FullMatch;
}

export interface OldRoute extends OldPlace {
  readonly destination: Destination;
  /** Who has the say behind the route: the Service itself, its proxy by tokens, or Oathkeeper. */
  readonly by: 'service' | 'proxy' | 'oathkeeper';
  /** The only methods that the route takes. @default - all */
  readonly methods?: readonly string[];
  readonly cors: Pick<CorsPolicy, 'allowOrigins'>;
}

export interface OldCheck extends OldPlace {
  readonly methods: readonly string[];
  readonly strategies: readonly OldHandler[];
  /** Where Oathkeeper sent what it let in, whichever route had led there. */
  readonly destination: Destination;
}

/**
 * What decided about the requests to a host: the entry of its name, else of the longest wildcard. Older versions had no wildcards; an APIRule
 * that is half-migrated may have one.
 */
export function oldHostAt({ hosts }: Pick<OldModel, 'hosts'>, host: string): OldHost | undefined {
  const labels = host.split('.');
  const names = [host, ...labels.slice(1).map((_, at) => `*.${labels.slice(at + 1).join('.')}`)];
  return names.flatMap((name) => hosts.get(name) ?? [])[0];
}

/** What the old model is built from. */
export interface OldModelInput {
  readonly apiRules: readonly OldApiRule[];
  /** Full host of an old APIRule, lower case. */
  readonly hostOf: (apiRule: OldApiRule) => string;
  readonly services: ServiceIndex;
  readonly beside: OldModel['beside'];
  readonly oldJwtHandler: OldJwtHandler;
  readonly replaced: readonly ReplacedIssuer[];
}

/** Builds what the controller made of old APIRules: routes, and rules of Oathkeeper. */
export function oldModelOf({ apiRules, hostOf, services, beside, oldJwtHandler, replaced }: OldModelInput): OldModel {
  const hosts = new Map<string, { routes: OldRoute[]; checks: OldCheck[]; proxied: OldRoute[] }>();
  for (const apiRule of apiRules) {
    const host = hostOf(apiRule);
    const known = hosts.get(host) ?? { routes: [], checks: [], proxied: [] };
    hosts.set(host, known);
    const routes = apiRule.rules.flatMap((rule, index) => routeOf(apiRule, rule, index, { services, oldJwtHandler }));
    known.routes.push(...firstOfEachPath(routes));
    known.checks.push(...routes.filter(({ by }) => by === 'oathkeeper').map(checkOf));
    known.proxied.push(...routes.filter(({ by }) => by === 'proxy'));
  }
  return { hosts: new Map([...hosts].map(([host, found]) => [host, { host, ...found }])), beside, replaced };
}

function routeOf(
  apiRule: OldApiRule,
  rule: OldRule,
  index: number,
  { services, oldJwtHandler }: Pick<OldModelInput, 'services' | 'oldJwtHandler'>,
): OldRoute[] {
  const expression = oldExpression(rule.path, oldJwtHandler);
  const takes = fullMatch(expression);
  // No gateway ever took an invalid expression.
  if (!takes) return [];
  const by = sayOf(rule.accessStrategies, oldJwtHandler);
  return [
    {
      origin: { apiRule: `${apiRule.namespace}/${apiRule.name}`, rule: index },
      rule,
      expression,
      takes,
      destination: destination(apiRule, rule.service, services),
      by,
      ...(rule.accessStrategies.some(({ handler }) => handler === 'no_auth') && { methods: rule.methods }),
      cors: apiRule.corsPolicy ?? { allowOrigins: [{ match: 'regex', value: '.*' }] },
    },
  ];
}

function destination(apiRule: OldApiRule, own: ServiceRef | undefined, services: ServiceIndex): Destination {
  const service = own ?? apiRule.service;
  const namespace = own?.namespace ?? apiRule.service?.namespace ?? apiRule.namespace;
  return destinationOf(services, namespace, service?.name ?? '', service?.port ?? 0);
}

/** Who decided about the requests of a rule. */
export function sayOf(strategies: readonly OldHandler[], oldJwtHandler: OldJwtHandler): OldRoute['by'] {
  if (strategies.some(({ handler }) => handler === 'allow' || handler === 'no_auth')) return 'service';
  const [only] = strategies;
  return strategies.length === 1 && only && isIstioJwt(only, oldJwtHandler) ? 'proxy' : 'oathkeeper';
}

/** True for a token check that the proxy of the workload made, and not Oathkeeper: its form says so, else the setting of the cluster. */
export function isIstioJwt({ handler, config }: OldHandler, oldJwtHandler: OldJwtHandler): boolean {
  if (handler !== 'jwt') return false;
  if (config['authentications'] !== undefined || config['authorizations'] !== undefined) return true;
  const isOry = ['jwks_urls', 'trusted_issuers', 'required_scope', 'target_audience'].some((member) => config[member] !== undefined);
  return !isOry && oldJwtHandler === 'istio';
}

/** The controller made a route of the first rule of a path only. */
function firstOfEachPath(routes: readonly OldRoute[]): OldRoute[] {
  const seen = new Set<string>();
  return routes.filter(({ rule }) => !seen.has(rule.path) && seen.add(rule.path));
}

function checkOf({ origin, rule, expression, takes, destination: to }: OldRoute): OldCheck {
  return { origin, rule, expression, takes, methods: rule.methods, strategies: rule.accessStrategies, destination: to };
}
