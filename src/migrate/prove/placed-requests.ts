import type { AccessRequest } from '../../model/access';
import type { JwtRule } from '../../model/istio';
import type { Caller } from '../../model/search/caller';
import { bearer, placeOf, type OldTokenFacts, type TokenPlace } from './old/old-token';
import type { OldHost } from './old/old-model';
import { authenticationsOf } from './old/old-istio-jwt';

/** Text that stands for the one token of a request. */
const tokenText = 'header.payload.signature';

/** A request of a caller, with what is known of its token. */
export interface PlacedRequest {
  readonly request: AccessRequest;
  readonly facts: OldTokenFacts;
}

/** The request of a caller, once for each place where a state looks for tokens. Without a token there is one. */
export function placedRequests(request: AccessRequest, caller: Caller, places: readonly TokenPlace[]): PlacedRequest[] {
  const { issuer, keys, claims, headers } = caller;
  const base = { ...request, headers: { ...request.headers, ...headers } };
  if (issuer === undefined) return [{ request: base, facts: new Map() }];
  const facts: OldTokenFacts = new Map([[tokenText, { issuer, claims, ...(keys !== undefined && { keys }) }]]);
  return places.map((place) => ({ request: withToken(base, place), facts }));
}

/** Every place where old rules of a host or rules of today look for tokens, each once. */
export function tokenPlaces(host: OldHost | undefined, jwtRules: readonly JwtRule[]): readonly TokenPlace[] {
  const strategies = [...(host?.checks ?? []), ...(host?.routes ?? []), ...(host?.proxied ?? [])].flatMap(
    ({ rule }) => rule.accessStrategies,
  );
  const old = strategies
    .filter(({ handler }) => handler === 'jwt' || handler === 'oauth2_introspection')
    .flatMap((strategy) => [placeOf(strategy.config), ...authenticationsOf(strategy).map(placeOfIstio)]);
  const all = [bearer, ...old, ...jwtRules.map(placeOfIstio)];
  return [...new Map(all.map((place) => [JSON.stringify(place), place])).values()];
}

function placeOfIstio({ fromHeaders = [], fromParams = [] }: Partial<Pick<JwtRule, 'fromHeaders' | 'fromParams'>>): TokenPlace {
  const [header] = fromHeaders;
  const [name] = fromParams;
  if (header) return { kind: 'header', name: header.name.toLowerCase(), prefix: header.prefix ?? '' };
  return name === undefined ? bearer : { kind: 'parameter', name };
}

function withToken(request: AccessRequest, place: TokenPlace): AccessRequest {
  if (place.kind === 'parameter') return { ...request, target: `${request.target}?${encodeURIComponent(place.name)}=${tokenText}` };
  const [name, value] = place.kind === 'cookie' ? ['cookie', `${place.name}=${tokenText}`] : [place.name, `${place.prefix}${tokenText}`];
  return { ...request, headers: { ...request.headers, [name]: value } };
}
