import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const instanceIdentity = problemRule({
  id: 'instance-identity',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'An instance of Identity stays within the limits of the service',
  why: 'The service refuses the parameters, and the instance never becomes ready.',
  fix: 'Give at most 20 redirect-uris and a token-validity from 60 to 43200.',
  refs: ['SAP Cloud Identity Services: service instance parameters'],
  bad: exampleInstance({ offering: 'identity', parameters: '{ oauth2-configuration: { token-policy: { token-validity: 86400 } } }' }),
  good: exampleInstance({ offering: 'identity', parameters: '{ oauth2-configuration: { token-policy: { token-validity: 43200 } } }' }),
});
