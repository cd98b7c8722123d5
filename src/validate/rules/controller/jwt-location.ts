import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, exampleIssuer, jwtRule } from './example-gateway-objects';

export const jwtLocation = apiRuleRule({
  id: 'jwt-location',
  severity: 'high',
  title: 'All issuers of a rule are read from one header or one parameter',
  why: 'The controller takes one header or one parameter for each issuer, and not both kinds within one rule.',
  fix: 'Give one entry of fromHeaders or one of fromParams.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.jwt'],
  bad: exampleApiRule([jwtRule(`[${exampleIssuer(', fromHeaders: [{ name: x-a }, { name: x-b }]')}]`)]),
  good: exampleApiRule([jwtRule(`[${exampleIssuer(', fromHeaders: [{ name: x-a, prefix: "JWT " }]')}]`)]),
});
