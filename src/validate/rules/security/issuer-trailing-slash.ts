import { exampleIssuer } from './example-issuer';
import { issuerRule } from './issuer-rule';

export const issuerTrailingSlash = issuerRule(
  {
    id: 'issuer-trailing-slash',
    severity: 'medium',
    title: 'An issuer ends with a slash only where its tokens do',
    why: 'The claim iss is compared character by character: with one slash too many or too few every token is refused with 401.',
    fix: 'Copy the issuer out of the discovery document of the provider.',
    refs: ['RFC 7519 section 4.1.1', 'OpenID Connect Discovery 1.0, section 4.3'],
    bad: exampleIssuer('https://orders.eu.auth0.com', 'https://orders.eu.auth0.com/.well-known/jwks.json'),
    good: exampleIssuer('https://orders.eu.auth0.com/', 'https://orders.eu.auth0.com/.well-known/jwks.json'),
  },
  ({ issuer, known }) => {
    if (known?.endSlash === undefined || issuer.endsWith('/') === known.endSlash) return undefined;
    const wanted = known.endSlash ? 'lacks the slash at its end that tokens of' : 'ends with a slash that no token of';
    return { member: 'issuer', message: `${JSON.stringify(issuer)} ${wanted} ${known.name} ${known.endSlash ? 'have' : 'has'}` };
  },
);
