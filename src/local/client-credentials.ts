import type { JsonObject } from '../model/json';
import { localTenant } from './issuer-claims';
import { issuerPaths } from './issuer-paths';
import type { LocalIssuer } from './issuer-server';
import type { Client } from './token-endpoint';

/** The credentials of a client as a binding holds them: those of XSUAA, or the same few names with `token_url` for another issuer. */
export function clientCredentials(issuer: LocalIssuer, client: Client): JsonObject {
  const { plan, base } = issuer;
  const common = { clientid: client.plan.clientId, clientsecret: client.secret, issuer: plan.issuer };
  const path = issuerPaths(plan).token[0] ?? '';
  if (plan.form !== 'xsuaa') return { ...common, url: base, token_url: `${base}${path}` };
  const { issuer: _issuer, ...own } = common;
  return { ...own, url: `${base}${path.slice(0, -'/oauth/token'.length)}`, ...xsuaaFacts(issuer, client) };
}

/** What only XSUAA tells. */
function xsuaaFacts({ base, keys }: LocalIssuer, client: Client): JsonObject {
  return {
    xsappname: client.plan.appName,
    uaadomain: new URL(base).host,
    verificationkey: keys()[0]?.publicPem ?? '',
    'credential-type': 'binding-secret',
    identityzone: 'kyma-guard-local',
    tenantmode: 'dedicated',
    ...Object.fromEntries(['tenantid', 'identityzoneid', 'zoneid', 'subaccountid', 'serviceInstanceId'].map((name) => [name, localTenant])),
    apiurl: base,
    sburl: base,
  };
}
