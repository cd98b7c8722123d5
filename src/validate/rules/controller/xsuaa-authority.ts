import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaAuthority = problemRule({
  id: 'xsuaa-authority',
  layer: 'controller',
  severity: 'medium',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'Authorities name scopes, or the word that accepts all that are granted',
  why: 'A misspelt word grants nothing: technical tokens come without the scopes that rules require, and every call is refused with 403.',
  fix: 'Correct the entry.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  bad: exampleInstance({ parameters: '{ xsappname: orders, authorities: [$ACCEPT_GRANTED_AUTHORITY] }' }),
  good: exampleInstance({ parameters: '{ xsappname: orders, authorities: [$ACCEPT_GRANTED_AUTHORITIES] }' }),
});
