import { isPrivateHost, urlOf } from '../../../model/address';
import { exampleIssuer } from './example-issuer';
import { issuerRule } from './issuer-rule';

export const issuerHttp = issuerRule(
  {
    id: 'issuer-http',
    severity: 'medium',
    title: 'An issuer is an https address',
    why: 'A provider that names itself with http can be impersonated towards every client that asks it for tokens or for its keys.',
    fix: 'Give the provider an https address, and copy the issuer out of its discovery document.',
    refs: ['OpenID Connect Discovery 1.0, section 3, issuer', 'RFC 9700 section 2.6', 'CWE-319'],
    bad: exampleIssuer('http://id.example.com/realms/main', 'https://id.example.com/keys'),
    good: exampleIssuer('https://id.example.com/realms/main', 'https://id.example.com/keys'),
  },
  ({ issuer }) => {
    const url = urlOf(issuer);
    if (url?.protocol !== 'http:' || isPrivateHost(url.hostname)) return undefined;
    return { member: 'issuer', message: `${JSON.stringify(issuer)} is an http address; it should be an https address` };
  },
);
