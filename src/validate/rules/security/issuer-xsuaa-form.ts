import { urlOf } from '../../../model/address';
import { exampleIssuer } from './example-issuer';
import { issuerRule } from './issuer-rule';

const base = 'https://orders.authentication.eu10.hana.ondemand.com';
const audience = '[{ audiences: [sb-orders!t1] }]';

export const issuerXsuaaForm = issuerRule(
  {
    id: 'issuer-xsuaa-form',
    severity: 'medium',
    title: 'An XSUAA issuer ends with /oauth/token and its keys are at /token_keys',
    why: 'XSUAA names the token endpoint in the claim iss, not the url of the binding: a rule with the url alone refuses every token with 401.',
    fix: 'Append /oauth/token to the url of the binding for issuer, and /token_keys for jwksUri.',
    refs: ['SAP BTP documentation, XSUAA, OpenID Connect discovery', 'RFC 7519 section 4.1.1'],
    bad: exampleIssuer(base, `${base}/token_keys`, audience),
    good: exampleIssuer(`${base}/oauth/token`, `${base}/token_keys`, audience),
  },
  ({ issuer, jwksUri, known }) => {
    if (known?.kind !== 'xsuaa') return undefined;
    // A slash at the end is a mistake of its own.
    const path = urlOf(issuer)?.pathname.replace(/\/$/, '');
    if (path !== '/oauth/token')
      return { member: 'issuer', message: `${JSON.stringify(issuer)} is not what XSUAA tokens name; it should end with /oauth/token` };
    const keys = urlOf(jwksUri);
    return keys === undefined || keys.pathname === '/token_keys'
      ? undefined
      : { member: 'jwksUri', message: `${JSON.stringify(jwksUri)} is not where XSUAA has its keys; it should end with /token_keys` };
  },
);
