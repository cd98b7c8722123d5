import { isClusterHost, urlOf } from '../../../model/address';
import { exampleIssuer } from './example-issuer';
import { issuerRule } from './issuer-rule';

export const jwksForeignHost = issuerRule(
  {
    id: 'jwks-foreign-host',
    severity: 'medium',
    also: { low: 'for an address inside the cluster' },
    title: 'Keys come from the host of their issuer',
    why: 'Whoever serves the keys decides which tokens count. Keys of another party make its tokens pass under the name of this issuer, and no token of the issuer itself.',
    fix: 'Compare jwksUri with jwks_uri of the discovery document of the issuer.',
    refs: ['OpenID Connect Discovery 1.0, section 3, jwks_uri', 'CWE-345'],
    bad: exampleIssuer('https://id.example.com/realms/main', 'https://keys.example.org/keys'),
    good: exampleIssuer('https://login.microsoftonline.com/3c1f/v2.0', 'https://login.microsoftonline.com/3c1f/discovery/v2.0/keys'),
  },
  ({ issuer, jwksUri, known }) => {
    const [from, keys] = [urlOf(issuer.includes('://') ? issuer : `https://${issuer}`), urlOf(jwksUri)];
    if (!from || !keys || from.hostname === '' || keys.hostname === '' || from.hostname === keys.hostname) return undefined;
    if (!issuer.includes('://') && !known) return undefined;
    if (known?.keyHosts?.(from.hostname).includes(keys.hostname) === true) return undefined;
    const message = `keys of ${from.hostname} are fetched from ${keys.hostname}; they should come from the address that the issuer itself publishes`;
    return { member: 'jwksUri', message, ...(isClusterHost(keys.hostname) && { severity: 'low' as const }) };
  },
);
