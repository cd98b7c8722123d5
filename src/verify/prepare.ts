import type { Authentication } from '../model/api-rule';
import type { CheckResult, Where } from '../model/check-result';
import { CredentialDestinationError } from '../model/errors';
import { foreignSigningKey } from '../token/sign';
import type { JsonObject } from '../model/json';
import { credentialsFor } from '../token/credentials';
import { createTokenContext, destinationOf } from '../token/obtain';
import { besideIn, closedRoutes, distinctIssuers, issuerKey, neighboursOf, surrounding } from './beside';
import type { Canary } from './canary';
import type { Endpoint, Route } from './endpoint';
import { createForgedTokens } from './forged-tokens';
import { keepTokensFresh, type FreshTokens } from './fresh-tokens';
import { checkIssuer, lookAtIssuer, type Look } from './issuers';
import { issuerData } from './issuer-data';
import type { RouteMaterial } from './materials';
import { routesOf } from './plan';
import { ownSources } from './own-sources';
import { seenOfIssuers } from './seen-issuers';
import type { Targets } from './targets';
import { deniedTokens, goodToken, tokenChecker, type GoodToken } from './tokens';
import type { VerifyInput, VerifyOptions } from './verify-input';

/** Issuers looked at, tokens fetched: what the attacks are made of. */
export interface Preparation {
  readonly results: readonly CheckResult[];
  readonly materialsOf: (endpoint: Endpoint) => readonly RouteMaterial[];
  /** Renews good tokens that end during the run. */
  readonly fresh: FreshTokens;
  /** What the issuers show to anybody, for the report. */
  readonly issuers: readonly JsonObject[];
  /** Why there is no good token of an issuer. */
  readonly tokenProblem: (issuer: string) => string | undefined;
}

/** What a preparation knows beside the endpoints that it is for. */
export interface Surroundings {
  /** The endpoints of all shards: what is beside an endpoint may be judged by another one. */
  readonly whole: readonly Endpoint[];
  readonly canary?: Canary;
}

/** Steps 1 and 2: issuers, then tokens. One issuer that is down does not stop the others. */
export async function prepare(
  endpoints: readonly Endpoint[],
  { options, tools }: VerifyInput,
  targets: Targets,
  { whole, canary }: Surroundings,
): Promise<Preparation> {
  const routes = closedRoutes(endpoints);
  const around = closedRoutes(surrounding(endpoints, whole));
  const context = createTokenContext(targets.issuerSender, {
    ...(options.issuers && { addresses: options.issuers }),
    ...(tools.pause && { pause: tools.pause }),
    ...(tools.now && { now: tools.now }),
    ...(tools.learn && { learn: tools.learn }),
  });
  const care = { context, fresh: keepTokensFresh(context) };
  const sources = {
    sources: [...(options.tokenSources ?? []), ...ownSources(closedRoutes(whole), options)],
    credentials: options.credentials ?? [],
  };
  const known = new Set(around.map(issuerKey));
  // Where an issuer is first trusted is its place, whichever shard looks at it.
  const issuers = distinctIssuers(closedRoutes(whole)).filter((route) => known.has(issuerKey(route)));
  const [looks, tokens, denied, foreignKey] = await Promise.all([
    Promise.all(
      issuers.map(({ trust }) =>
        lookAtIssuer(targets.issuerSender, trust, { addresses: options.issuers, ...tokenEndpointOf(trust, options) }),
      ),
    ),
    Promise.all(
      [...new Set(issuers.map(({ trust }) => trust.issuer))].map(
        async (issuer) => [issuer, await goodToken(care, issuer, sources)] as const,
      ),
    ),
    deniedTokens(care, options.denied ?? []),
    foreignSigningKey(),
  ]);
  const good = new Map<string, GoodToken>(tokens);
  const tokenOf = (issuer: string): string | undefined => valueOf(good.get(issuer));

  const seenOf = seenOfIssuers(looks, options.signingKeys);
  const checkOf = tokenChecker(new Date(context.now()));
  const checks = await Promise.all(
    distinctRules(routes).map(async (route) => checkOf(route, tokenOf(route.trust.issuer), seenOf(route.trust).facts)),
  );
  const forged = createForgedTokens();
  const besideOf = besideIn(around);
  const materialOf = (route: Route): RouteMaterial => {
    const { facts, testKeys, unfitKeys } = seenOf(route.trust);
    const { keys } = facts;
    const token = tokenOf(route.trust.issuer);
    const beside = besideOf(route.endpoint);
    const others = [...routesOf(route.endpoint), ...beside].filter(({ trust }) => trust.issuer !== route.trust.issuer);
    const otherKeys = others.flatMap(({ trust }) => seenOf(trust).testKeys).filter((key) => !testKeys.includes(key));
    return {
      route,
      foreignKey,
      testKeys,
      otherKeys,
      unfitKeys,
      ...idTokenOf(good.get(route.trust.issuer)),
      denied,
      neighbours: neighboursOf(route.endpoint, beside, tokenOf),
      forged,
      fresh: care.fresh,
      ...(canary && { canary }),
      ...(options.allowSecretProbes && targets.isFree(route.endpoint.host) && { ownSecrets: ownSecrets(route, options.credentials) }),
      ...(token !== undefined && { token }),
      ...(typeof keys !== 'string' && { keys }),
    };
  };
  const tokenProblem = (issuer: string): string | undefined => {
    const found = good.get(issuer);
    return found && 'problem' in found ? found.problem : undefined;
  };
  return {
    results: [...looks.flatMap((facts, i) => checkIssuer(facts, whereOfTrust(issuers[i]))), ...checks.flat()],
    materialsOf: (endpoint) => routesOf(endpoint).map(materialOf),
    fresh: care.fresh,
    issuers: looks.map((facts) => issuerData(facts, tokenProblem(facts.trust.issuer))),
    tokenProblem,
  };
}

function ownSecrets({ trust }: Route, credentials: VerifyOptions['credentials'] = []): string[] {
  const own = credentialsFor(trust.issuer, credentials);
  return own?.authentication.kind === 'secret' ? [own.authentication.secret.reveal(), own.clientId] : [];
}

/** Each issuer of a rule has its own place, so that results can be told apart. */
function whereOfTrust(route: Route | undefined): Where {
  if (!route) return {};
  const { where, jwt, intent } = route.endpoint;
  const index = jwt?.authentications.indexOf(route.trust) ?? 0;
  return { ...where, path: `${where.path ?? ''}.${intent === 'external' ? 'extAuth.restrictions' : 'jwt'}.authentications[${index}]` };
}

function valueOf(token: GoodToken | undefined): string | undefined {
  return token && 'token' in token ? token.token : undefined;
}

/** Only an endpoint that the user's own credential names: what a manifest or a discovery document says is not asked for anything. */
function tokenEndpointOf({ issuer }: Authentication, { profile, credentials = [], issuers }: VerifyOptions): Pick<Look, 'tokenEndpoint'> {
  if (profile !== 'full') return {};
  const client = credentialsFor(issuer, credentials);
  if (!client) return { tokenEndpoint: 'needs credentials that name the token endpoint' };
  try {
    return { tokenEndpoint: { url: destinationOf(client, issuers) } };
  } catch (error) {
    if (error instanceof CredentialDestinationError) return { tokenEndpoint: error.message };
    throw error;
  }
}

function idTokenOf(token: GoodToken | undefined): Pick<RouteMaterial, 'idToken'> {
  return token && 'token' in token && token.idToken !== undefined ? { idToken: token.idToken } : {};
}

/** Methods of one rule ask the same of a token. */
function distinctRules(routes: readonly Route[]): Route[] {
  const key = ({ endpoint, trust }: Route): string => JSON.stringify([endpoint.host, endpoint.path, endpoint.where, trust.issuer]);
  return [...new Map(routes.map((route) => [key(route), route] as const).reverse()).values()].reverse();
}
