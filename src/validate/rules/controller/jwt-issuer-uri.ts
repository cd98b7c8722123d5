import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, exampleIssuer, jwtRule } from './example-gateway-objects';

export const jwtIssuerUri = apiRuleRule({
  id: 'jwt-issuer-uri',
  severity: 'high',
  title: 'Issuers and key addresses are URIs',
  why: 'The controller refuses an APIRule with an address that Go cannot read. It does not ask for https: other rules do.',
  fix: 'Give the full address, scheme included.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.jwt', 'RFC 7519 section 4.1.1'],
  bad: exampleApiRule([jwtRule('[{ issuer: "https://id.example.com", jwksUri: keys }]')]),
  good: exampleApiRule([jwtRule(`[${exampleIssuer()}]`)]),
});
