import { checkResult, type CheckResult } from '../model/check-result';
import type { Endpoint } from './endpoint';
import { routesOf } from './plan';

/** Why there is no good token of an issuer that nobody gave credentials for. */
export const noCredentials = 'no credentials fit this issuer; name them with --credentials ISSUER=PATH';

/** What a run knows of the credentials that it was given. */
export interface TokenProblems {
  /** Why there is no good token of an issuer. */
  readonly tokenProblem: (issuer: string) => string | undefined;
}

/**
 * True for an issuer without credentials beside one of the same rule that has some: that it opens was not asked. Where no issuer of a rule
 * has any, the rule itself is undecided.
 */
export function isUntried(issuer: string, endpoint: Endpoint, { tokenProblem }: TokenProblems): boolean {
  const isBare = (name: string): boolean => tokenProblem(name) === noCredentials;
  return isBare(issuer) && routesOf(endpoint).some(({ trust }) => !isBare(trust.issuer));
}

/** Every issuer that a rule trusts and that nobody gave credentials for, once. @param required `--require-all-issuers` */
export function describeUntried(endpoints: readonly Endpoint[], { tokenProblem }: TokenProblems, required: boolean): CheckResult[] {
  const routes = endpoints.filter(({ intent }) => intent === 'jwt').flatMap(routesOf);
  const first = new Map(routes.map((route) => [route.trust.issuer, route] as const).reverse());
  return [...first].reverse().flatMap(([issuer, { endpoint, trust }]) => {
    if (tokenProblem(issuer) !== noCredentials) return [];
    const index = endpoint.jwt?.authentications.indexOf(trust) ?? 0;
    return [
      checkResult({
        id: 'issuer-credentials',
        title: 'Every issuer that a rule trusts is tried with a token of its own',
        status: required ? 'fail' : 'skip',
        severity: 'high',
        message: `${issuer}: ${noCredentials}; that it opens is not proven`,
        ...(required && { fix: 'Give credentials for it, or take the issuer out of the rules if nobody calls with its tokens.' }),
        docs: 'docs/verify.md',
        where: { ...endpoint.where, path: `${endpoint.where.path ?? ''}.jwt.authentications[${index}]` },
      }),
    ];
  });
}
