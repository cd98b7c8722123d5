import type { CheckResult } from '../model/check-result';
import { checkToken } from '../token/check-token';
import { credentialsFor, type Credentials } from '../token/credentials';
import { decodeToken } from '../token/decode';
import { obtainToken, type TokenContext } from '../token/obtain';
import { routeRef } from './describe';
import type { Route } from './endpoint';
import { findingResult, textOnError } from './issuers';
import type { IssuerFacts } from './issuer-check';
import type { DeniedToken } from './materials';
import { allTokenChecks } from './token-checks/all-token-checks';
import { noCredentials } from './untried-issuers';
import type { DeniedClient } from './verify-input';

/** A good token, or why there is none. */
export type GoodToken = { readonly token: string } | { readonly problem: string };

/** Fetches the good token of an issuer. */
export async function goodToken(context: TokenContext, issuer: string, credentials: readonly Credentials[]): Promise<GoodToken> {
  const fitting = credentialsFor(issuer, credentials);
  if (!fitting) return { problem: noCredentials };
  const got = await textOnError(obtainToken(context, fitting));
  if (typeof got === 'string') return { problem: got };
  return got.isJwt
    ? { token: got.secret.reveal() }
    : { problem: `the token endpoint of ${fitting.label} gave an opaque token, which no gateway can check` };
}

/** Fetches the tokens of all clients that must be refused. */
export async function deniedTokens(context: TokenContext, clients: readonly DeniedClient[]): Promise<DeniedToken[]> {
  return Promise.all(
    clients.map(async ({ label, credentials, onlyWhereRefused = false }) => {
      const got = await textOnError(obtainToken(context, credentials));
      return { label, onlyWhereRefused, ...(typeof got === 'string' ? { problem: got } : { token: got.secret.reveal() }) };
    }),
  );
}

/** Results of all checks of the good token against the rule of a route. */
export async function checkGoodToken(route: Route, token: string, issuer: IssuerFacts): Promise<CheckResult[]> {
  const { endpoint, trust } = route;
  const validity = await validityOf(token, issuer);
  const facts = {
    trust,
    jwt: endpoint.jwt ?? { authentications: [], authorizations: [] },
    claims: decodeToken(token)?.claims ?? {},
    ...validity,
  };
  return allTokenChecks.map(({ id, title, severity, fix, check }) => {
    const base = { id, title, severity, message: title, where: endpoint.where, route: routeRef(endpoint, trust.issuer) };
    return findingResult(base, check(facts), { fix, subject: 'the good token' });
  });
}

const validityKinds = new Set(['form', 'algorithm', 'key', 'signature', 'expired', 'early']);

async function validityOf(token: string, { keys }: IssuerFacts): Promise<{ invalid?: string; unverified?: string }> {
  if (typeof keys === 'string') return { unverified: 'there are no keys to verify it with' };
  const { problems } = await checkToken(token, keys);
  const invalid = problems.filter(({ kind }) => validityKinds.has(kind)).map(({ message }) => message);
  return invalid.length === 0 ? {} : { invalid: invalid.join('; ') };
}
