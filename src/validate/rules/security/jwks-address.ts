import { urlOf } from '../../../model/address';
import { requestUriError } from '../../../model/controller/request-uri';
import { exampleIssuer } from './example-issuer';
import { issuerRule } from './issuer-rule';

export const jwksAddress = issuerRule(
  {
    id: 'jwks-address',
    severity: 'high',
    title: 'jwksUri is a whole address',
    why: 'The controller accepts a path or any scheme here, but Istio can fetch keys over http and https only: every valid token is refused, or Istio refuses the object.',
    fix: 'Write the whole https address of the keys; jwks_uri of the discovery document tells it.',
    refs: ['Istio reference, JWTRule, jwksUri', 'RFC 8414 section 2, jwks_uri'],
    bad: exampleIssuer('https://id.example.com/realms/main', '/realms/main/keys'),
    good: exampleIssuer('https://id.example.com/realms/main', 'https://id.example.com/realms/main/keys'),
  },
  ({ jwksUri }) => {
    // Nothing there, and text with a placeholder, are for the schema to tell; what the controller refuses, for jwt-issuer-uri.
    if (jwksUri === '' || /[{}]/.test(jwksUri) || requestUriError(jwksUri) !== undefined) return undefined;
    const url = urlOf(jwksUri);
    if (url && /^https?:\/\//i.test(jwksUri)) return undefined;
    const what = url ? `has the scheme ${url.protocol}` : 'names no host';
    return { member: 'jwksUri', message: `${JSON.stringify(jwksUri)} ${what}; it should be a whole https address` };
  },
);
