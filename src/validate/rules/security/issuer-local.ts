import { isPrivateHost, urlOf } from '../../../model/address';
import { exampleIssuer } from './example-issuer';
import { issuerRule } from './issuer-rule';

export const issuerLocal = issuerRule(
  {
    id: 'issuer-local',
    severity: 'medium',
    title: 'Issuers are addresses that the whole cluster means alike',
    why: 'localhost and private addresses mean another machine for each reader: keys cannot be fetched, or come from whoever has that address there.',
    fix: 'Name the issuer as its tokens do; decode one of them and compare its claim iss.',
    refs: ['RFC 6761 section 6.3', 'RFC 1918', 'CWE-1188'],
    bad: exampleIssuer('http://localhost:8080/uaa/oauth/token', 'http://localhost:8080/uaa/token_keys'),
    good: exampleIssuer('https://localhost.example.com/realms/main', 'https://localhost.example.com/keys'),
  },
  ({ issuer, jwksUri }) => {
    for (const [member, text] of [['issuer', issuer] as const, ['jwksUri', jwksUri] as const]) {
      const host = urlOf(text)?.hostname ?? '';
      if (!isPrivateHost(host)) continue;
      const old = member === 'issuer' && text.includes('.localhost:8080/uaa/oauth/token');
      const more = old ? ' XSUAA named itself so years ago; its tokens end with /oauth/token of the url of the binding today.' : '';
      return {
        member,
        message: `${JSON.stringify(text)} leads to ${host}, which no other machine reaches; name the public address.${more}`,
      };
    }
    return undefined;
  },
);
