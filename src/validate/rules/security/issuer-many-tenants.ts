import { urlOf } from '../../../model/address';
import { exampleIssuer } from './example-issuer';
import { issuerRule } from './issuer-rule';

/** Tenant of all personal Microsoft accounts. @see Microsoft identity platform, ID token claims, `iss` */
const personalAccounts = '9188040d-6c67-4c5b-b112-36a304b66dad';

export const issuerManyTenants = issuerRule(
  {
    id: 'issuer-many-tenants',
    severity: 'medium',
    also: { high: 'when everybody can become a user of the tenant' },
    title: 'An issuer is one tenant',
    why: 'common, organizations, consumers and {tenantid} stand for many tenants and are in no token, so nobody gets in; whoever "repairs" it later tends to open the API for every tenant.',
    fix: 'Put in the id of your own tenant.',
    refs: ['Microsoft identity platform, OpenID Connect, discovery of the common endpoint', 'CWE-1390'],
    bad: exampleIssuer('https://login.microsoftonline.com/common/v2.0', 'https://login.microsoftonline.com/common/discovery/v2.0/keys'),
    good: exampleIssuer('https://login.microsoftonline.com/3c1f/v2.0', 'https://login.microsoftonline.com/common/discovery/v2.0/keys'),
  },
  ({ issuer }) => {
    const quoted = JSON.stringify(issuer);
    if (/\{tenant_?id\}/i.test(issuer))
      return { member: 'issuer', message: `${quoted} holds the placeholder of the discovery document; put in your tenant` };
    const parts = urlOf(issuer)?.pathname.split('/') ?? [];
    if (parts.includes(personalAccounts))
      return {
        member: 'issuer',
        message: `${quoted} is the tenant of all personal Microsoft accounts: everybody can have one`,
        severity: 'high',
      };
    const name = parts.find((part) => part === 'common' || part === 'organizations' || part === 'consumers');
    return name === undefined || parts[1] !== name
      ? undefined
      : { member: 'issuer', message: `${quoted} stands for many tenants and is never the iss of a token; put in your tenant` };
  },
);
