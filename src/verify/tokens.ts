import type { CheckResult } from '../model/check-result';
import type { JsonObject } from '../model/json';
import { checkToken } from '../token/check-token';
import { credentialsFor, type Credentials } from '../token/credentials';
import { decodeToken } from '../token/decode';
import type { TokenContext } from '../token/obtain';
import { clientSource, obtainFrom, type TokenSource } from '../token/token-source';
import { routeRef } from './describe';
import type { Route } from './endpoint';
import type { FreshTokens } from './fresh-tokens';
import { findingResult, textOnError } from './issuers';
import type { IssuerFacts } from './issuer-check';
import type { DeniedToken } from './materials';
import { allTokenChecks } from './token-checks/all-token-checks';
import { noCredentials } from './untried-issuers';
import type { DeniedClient } from './verify-input';

/** A good token, or why there is none. */
export type GoodToken = { readonly token: string; readonly idToken?: string } | { readonly problem: string };

/** What tokens are fetched with, and what takes care of them afterwards. */
export interface TokenCare {
  readonly context: TokenContext;
  readonly fresh: FreshTokens;
}

/** Fetches the good token of an issuer: from a source that the user named for it, else with credentials that fit. */
export async function goodToken(
  { context, fresh }: TokenCare,
  issuer: string,
  { sources, credentials }: { sources: readonly TokenSource[]; credentials: readonly Credentials[] },
): Promise<GoodToken> {
  const client = credentialsFor(issuer, credentials);
  const source = sources.find((one) => one.issuer === issuer) ?? (client && clientSource(client));
  if (!source) return { problem: noCredentials };
  const got = await textOnError(obtainFrom(context, source));
  if (typeof got === 'string') return { problem: got };
  if (!got.isJwt) return { problem: `the token of ${source.label} is opaque, which no gateway can check` };
  fresh.keep(got, source);
  return { token: got.secret.reveal(), ...(got.idToken && { idToken: got.idToken.reveal() }) };
}

/** Fetches the tokens of all clients that must be refused. */
export async function deniedTokens({ context, fresh }: TokenCare, clients: readonly DeniedClient[]): Promise<DeniedToken[]> {
  return Promise.all(
    clients.map(async ({ label, credentials, onlyWhereRefused = false }) => {
      const source = clientSource(credentials);
      const got = await textOnError(obtainFrom(context, source));
      if (typeof got === 'string') return { label, onlyWhereRefused, problem: got };
      fresh.keep(got, source);
      return { label, onlyWhereRefused, token: got.secret.reveal() };
    }),
  );
}

/** Checks good tokens against the rules of routes. A token that many rules take is verified once. */
export function tokenChecker(now: Date): (route: Route, token: string | undefined, issuer: IssuerFacts) => Promise<CheckResult[]> {
  const known = new Map<IssuerFacts, Promise<SeenToken>>();
  return async (route, token, issuer) => {
    if (token === undefined) return [];
    const seen = known.get(issuer) ?? seenOf(token, issuer, now);
    known.set(issuer, seen);
    return checkGoodToken(route, await seen);
  };
}

/** Results of all checks of the good token against the rule of a route. */
function checkGoodToken({ endpoint, trust }: Route, seen: SeenToken): CheckResult[] {
  const facts = {
    trust,
    jwt: endpoint.jwt ?? { authentications: [], authorizations: [] },
    ...seen,
  };
  return allTokenChecks.map(({ id, title, severity, fix, check }) => {
    const base = { id, title, severity, message: title, where: endpoint.where, route: routeRef(endpoint, trust.issuer) };
    return findingResult(base, check(facts), { fix, subject: 'the good token' });
  });
}

const validityKinds = new Set(['form', 'algorithm', 'key', 'signature', 'expired', 'early']);

interface SeenToken {
  readonly claims: JsonObject;
  readonly invalid?: string;
  readonly unverified?: string;
}

async function seenOf(token: string, { keys }: IssuerFacts, now: Date): Promise<SeenToken> {
  const claims = decodeToken(token)?.claims ?? {};
  if (typeof keys === 'string') return { claims, unverified: 'there are no keys to verify it with' };
  const { problems } = await checkToken(token, keys, { now });
  const invalid = problems.filter(({ kind }) => validityKinds.has(kind)).map(({ message }) => message);
  return invalid.length === 0 ? { claims } : { claims, invalid: invalid.join('; ') };
}
