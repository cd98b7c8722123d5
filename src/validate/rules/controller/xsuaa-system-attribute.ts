import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaSystemAttribute = problemRule({
  id: 'xsuaa-system-attribute',
  layer: 'controller',
  severity: 'medium',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'System attributes are those that XSUAA knows',
  why: 'What XSUAA does not know never stands in a token, and code that reads it finds nothing.',
  fix: 'Give groups, rolecollections, ias-corporate-idp-token or ias-token.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  bad: exampleInstance({ parameters: '{ xsappname: orders, oauth2-configuration: { system-attributes: [group] } }' }),
  good: exampleInstance({ parameters: '{ xsappname: orders, oauth2-configuration: { system-attributes: [groups] } }' }),
});
