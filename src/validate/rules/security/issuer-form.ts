import { urlOf } from '../../../model/address';
import { exampleIssuer } from './example-issuer';
import { issuerRule, type IssuerFault } from './issuer-rule';
import type { TokenIssuer } from './token-rules-of';

export const issuerForm = issuerRule(
  {
    id: 'issuer-form',
    severity: 'medium',
    also: { high: 'when it holds credentials' },
    title: 'An issuer is written as its tokens name it',
    why: 'The claim iss is compared character by character. It has no white space, query, fragment or credentials, so a rule with them admits no token.',
    fix: 'Copy the issuer out of the discovery document of the provider.',
    refs: ['OpenID Connect Discovery 1.0, section 3, issuer', 'RFC 8414 section 2', 'CWE-1390'],
    bad: exampleIssuer('https://id.example.com/realms/main?x=1', 'https://id.example.com/keys'),
    good: exampleIssuer('https://id.example.com/realms/main', 'https://id.example.com/keys'),
  },
  judge,
);

function judge({ issuer, jwksUri }: TokenIssuer): IssuerFault | undefined {
  for (const [member, text] of [
    ['issuer', issuer],
    ['jwksUri', jwksUri],
  ] as const) {
    const url = urlOf(text);
    if (url && (url.username !== '' || url.password !== ''))
      return { member, message: 'holds credentials in the address, which everybody reads who may read the object', severity: 'high' };
    if (/\s/.test(text)) return { member, message: `${JSON.stringify(text)} holds white space; write it without` };
  }
  if (urlOf(jwksUri) && jwksUri.includes('#'))
    return { member: 'jwksUri', message: `${JSON.stringify(jwksUri)} has a fragment, which nobody sends; write it without` };
  const extra = /[?#]/.exec(issuer)?.[0];
  if (extra === undefined || !urlOf(issuer)) return undefined;
  return {
    member: 'issuer',
    message: `${JSON.stringify(issuer)} has a ${extra === '?' ? 'query' : 'fragment'}, which an issuer never has; write it without`,
  };
}
