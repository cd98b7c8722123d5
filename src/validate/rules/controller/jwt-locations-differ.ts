import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, exampleIssuer, jwtRule } from './example-gateway-objects';

export const jwtLocationsDiffer = apiRuleRule({
  id: 'jwt-locations-differ',
  severity: 'high',
  title: 'Rules with the same issuer read its tokens at the same place',
  why: 'A workload checks the tokens of an issuer in one way for all its paths, so the controller refuses an APIRule that asks for two.',
  fix: 'Give the same fromHeaders and fromParams in every rule.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.jwt'],
  bad: exampleApiRule([
    jwtRule(`[${exampleIssuer()}]`),
    jwtRule(`[${exampleIssuer(', fromHeaders: [{ name: x-a }]')}]`, undefined, '/items'),
  ]),
  good: exampleApiRule([jwtRule(`[${exampleIssuer()}]`), jwtRule(`[${exampleIssuer()}]`, undefined, '/items')]),
});
