import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaRedirectUri = problemRule({
  id: 'xsuaa-redirect-uri',
  layer: 'controller',
  severity: 'low',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'Login codes are sent to addresses of your own only',
  why: 'Whoever controls an address that fits can have the login code of a user sent there, and takes it for a token.',
  fix: 'Name https and a domain of your own below the wildcard.',
  refs: ['SAP BTP: application security descriptor configuration syntax', 'RFC 9700 section 2.1', 'CWE-601'],
  bad: exampleInstance({ parameters: "{ xsappname: orders, oauth2-configuration: { redirect-uris: ['http://*'] } }" }),
  good: exampleInstance({
    parameters: "{ xsappname: orders, oauth2-configuration: { redirect-uris: ['https://*.shop.example.com/**'] } }",
  }),
});
