import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, exampleIssuer, jwtRule } from './example-gateway-objects';

export const jwtAuthorization = apiRuleRule({
  id: 'jwt-authorization',
  severity: 'high',
  title: 'Authorizations are not empty',
  why: 'The controller refuses empty lists and empty texts: it cannot tell whether everything or nothing is meant.',
  fix: 'Name at least one scope or audience, or leave the list out.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.jwt'],
  bad: exampleApiRule([jwtRule(`[${exampleIssuer()}]`, '[]')]),
  good: exampleApiRule([jwtRule(`[${exampleIssuer()}]`, '[{ audiences: [orders] }]')]),
});
