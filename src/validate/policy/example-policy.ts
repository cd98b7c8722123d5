import type { Policy } from './policy';

/** The policy that the examples of the policy rules are judged by. */
export const examplePolicy: Policy = {
  allowedIssuers: ['https://id.example.com/realms/*', 'https://*.authentication.eu10.hana.ondemand.com/oauth/token'],
  allowedHosts: ['*.example.com'],
  publicPaths: [{ host: '*', path: '/healthz' }],
  requiredAudiences: [{ issuer: 'https://id.example.com/realms/*', audiences: ['orders', 'invoices'], match: 'any' }],
  maxSuppressible: 'low',
};
