import { checkResult, type CheckResult } from '../model/check-result';
import { routeRef } from './describe';
import type { Endpoint } from './endpoint';

/** Rules with `jwt` that trust no issuer, each once: no token can be right there, and which ones get in is left to chance. */
export function describeIssuerless(endpoints: readonly Endpoint[]): CheckResult[] {
  const bare = endpoints.filter(({ intent, jwt }) => intent === 'jwt' && (jwt?.authentications ?? []).length === 0);
  const perRule = new Map(bare.map((endpoint) => [JSON.stringify([endpoint.host, endpoint.where]), endpoint] as const).reverse());
  return [...perRule.values()].reverse().map((endpoint) =>
    checkResult({
      id: 'jwt-issuer',
      title: 'A rule with jwt names the issuers that it trusts',
      status: 'fail',
      severity: 'high',
      message: 'the rule asks for a token and trusts no issuer',
      fix: 'List issuer and jwksUri of each issuer under jwt.authentications.',
      docs: 'docs/verify.md',
      where: endpoint.where,
      route: routeRef(endpoint),
    }),
  );
}
