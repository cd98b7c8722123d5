import { isClusterHost, urlOf } from '../../../model/address';
import { isLoopback } from '../../../model/issuer';
import { exampleIssuer } from './example-issuer';
import { issuerRule } from './issuer-rule';

export const jwksHttp = issuerRule(
  {
    id: 'jwks-http',
    severity: 'high',
    also: { medium: 'for an address inside the cluster' },
    title: 'Keys of an issuer are fetched over https',
    why: 'Whoever sits between the cluster and the provider can hand out keys of his own over http, and then sign tokens that every rule of this issuer admits.',
    fix: 'Use the https address of the keys; jwks_uri of the discovery document tells it.',
    refs: ['RFC 7517 section 9.1', 'RFC 9700 section 2.6', 'CWE-319'],
    bad: exampleIssuer('https://id.example.com/realms/main', 'http://id.example.com/keys'),
    good: exampleIssuer('https://id.example.com/realms/main', 'https://id.example.com/keys'),
  },
  ({ jwksUri }) => {
    const url = urlOf(jwksUri);
    if (url?.protocol !== 'http:' || isLoopback(url.hostname)) return undefined;
    const message = `${JSON.stringify(jwksUri)} is fetched over http; it should be an https address`;
    return isClusterHost(url.hostname)
      ? { member: 'jwksUri', message: `${message}: whoever controls the network of the cluster can replace the keys`, severity: 'medium' }
      : { member: 'jwksUri', message: `${message}: whoever sits on the way can replace the keys` };
  },
);
