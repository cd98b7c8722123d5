import type { AccessRuleProps, ProtectedFunctionProps, XsuaaIssuerProps } from '../../src/index';

/** A trusted issuer of a tenant that does not exist. */
export const keycloak = {
  issuer: 'https://id.example.com/realms/main',
  jwksUri: 'https://id.example.com/realms/main/protocol/openid-connect/certs',
};

/** Address of an XSUAA subaccount that does not exist. */
export const xsuaaUrl = 'https://acme.authentication.eu10.hana.ondemand.com';

/** One protected rule. */
export function protectedRule(changes: Partial<AccessRuleProps> = {}): AccessRuleProps {
  return { path: '/here_location', methods: ['GET'], access: { issuers: [keycloak] }, ...changes };
}

/** A small Function that is right in every respect. */
export function functionProps(changes: Partial<ProtectedFunctionProps> = {}): ProtectedFunctionProps {
  const source = { handler: 'module.exports = { main: function (event) { return "ok"; } };' };
  return { metadata: { name: 'location', namespace: 'geo' }, runtime: 'nodejs22', source, ...changes };
}

/** An XSUAA instance with one scope. */
export function xsuaaProps(changes: Partial<XsuaaIssuerProps> = {}): XsuaaIssuerProps {
  const xsSecurity = { xsappname: 'geo', 'tenant-mode': 'dedicated', scopes: [{ name: '$XSAPPNAME.Read', description: 'Read places' }] };
  return { metadata: { name: 'geo-xsuaa', namespace: 'geo' }, xsSecurity, ...changes };
}
