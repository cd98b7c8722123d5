import type { Severity } from '../../../model/check-result';
import type { Finding, ObjectRule } from '../../rule';
import { exampleIssuer } from './example-issuer';
import { apiRuleKind, tokenRulesOf, type TokenIssuer, type TokenRule } from './token-rules-of';

const uaa = 'https://orders.authentication.eu10.hana.ondemand.com';

export const jwtAnyToken: ObjectRule = {
  id: 'jwt-any-token',
  layer: 'security',
  severity: 'medium',
  also: { high: 'for an issuer where everybody can get a token', low: 'for an issuer that is not known' },
  title: 'A rule names the audience that its tokens are for',
  why: 'Without audiences or scopes every valid token of the issuer gets in: those of all clients of the tenant, and of everybody where anyone can register.',
  fix: 'Add authorizations with the audience of this API.',
  refs: ['RFC 9700 section 2.3', 'RFC 8725 section 3.9', 'CWE-863', 'Kyma documentation, APIRule, jwt, Configure Authorizations'],
  bad: exampleIssuer(`${uaa}/oauth/token`, `${uaa}/token_keys`, '[{}]'),
  good: exampleIssuer(`${uaa}/oauth/token`, `${uaa}/token_keys`, '[{ audiences: [sb-orders!t4711] }]'),
  kinds: apiRuleKind,
  check: ({ manifest }) =>
    tokenRulesOf(manifest).flatMap((rule): Finding[] => {
      if (rule.strategy !== 'jwt' || rule.demands.some(asksForSomething)) return [];
      const widest = [...rule.issuers].sort((a, b) => reachOf(b) - reachOf(a))[0];
      return widest ? [{ manifest, path: placeOf(rule), ...describe(widest) }] : [];
    }),
};

function asksForSomething({ audiences, scopes }: TokenRule['demands'][number]): boolean {
  return audiences.length > 0 || scopes.length > 0;
}

function placeOf({ demands, path }: TokenRule): Finding['path'] {
  return demands.length > 0 ? [...path, 'authorizations'] : path;
}

const reaches = ['realm', 'tenant', 'everybody'];

function reachOf({ known }: TokenIssuer): number {
  return known ? reaches.indexOf(known.reach) : -1;
}

function describe({ issuer, known }: TokenIssuer): { message: string; severity: Severity } {
  const quoted = JSON.stringify(issuer);
  if (known?.reach === 'everybody')
    return {
      message: `admits every token of ${quoted}, and everybody can get one of ${known.name}; name the audience of this API`,
      severity: 'high',
    };
  if (known?.reach === 'tenant')
    return {
      message: `admits every token of ${quoted}, which issues for all clients of the ${known.name} tenant; name the audience of this API`,
      severity: 'medium',
    };
  return { message: `admits every token of ${quoted}, whatever it was issued for; name the audience of this API`, severity: 'low' };
}
