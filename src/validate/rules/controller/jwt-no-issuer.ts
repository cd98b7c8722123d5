import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, exampleIssuer, jwtRule } from './example-gateway-objects';

export const jwtNoIssuer = apiRuleRule({
  id: 'jwt-no-issuer',
  severity: 'high',
  title: 'A rule that asks for tokens names an issuer',
  why: 'The controller refuses the APIRule.',
  fix: 'List issuer and jwksUri of every issuer under authentications.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.jwt'],
  bad: exampleApiRule([jwtRule('[]')]),
  good: exampleApiRule([jwtRule(`[${exampleIssuer()}]`)]),
});
