import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaPlan = problemRule({
  id: 'xsuaa-plan',
  layer: 'controller',
  severity: 'medium',
  also: { low: 'for a plan that is unknown or to be given up' },
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'An XSUAA instance is of a plan that stays',
  why: 'The service refuses a plan that does not exist, and gives up old ones.',
  fix: 'Give application or broker.',
  refs: ['SAP BTP: XSUAA service plans'],
  bad: exampleInstance({ plan: 'aplication' }),
  good: exampleInstance({ plan: 'application' }),
});
