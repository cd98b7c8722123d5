import type { JsonObject } from '../model/json';
import type { ClientPlan, IssuerForm } from './client-plan';

/** Life of a token in seconds, as long as XSUAA's default. */
export const tokenLifeSeconds = 43_200;

/** What one token is issued for. */
export interface Grant {
  readonly form: IssuerForm;
  readonly issuer: string;
  readonly client: ClientPlan;
  /** Scopes asked for and granted. */
  readonly scopes: readonly string[];
  /** In seconds since 1970. */
  readonly now: number;
  /** Unique for this token. */
  readonly id: string;
}

/** Claims of a client credentials token in the shape of the issuer. */
export function claimsOf(grant: Grant): JsonObject {
  const times = { iss: grant.issuer, iat: grant.now, exp: grant.now + tokenLifeSeconds, jti: grant.id };
  if (grant.form === 'xsuaa') return { ...times, ...xsuaaClaims(grant) };
  const { client, scopes } = grant;
  const scope = scopes.length > 0 ? { scope: scopes.join(' ') } : {};
  const common = { ...times, ...scope, sub: client.clientId, azp: client.clientId, client_id: client.clientId, aud: audienceOf(client) };
  return grant.form === 'keycloak'
    ? { ...common, typ: 'Bearer', acr: '1', preferred_username: `service-account-${client.clientId}` }
    : common;
}

/** XSUAA: no user, scopes as a list, the audience made of the client and the applications that own the scopes. */
function xsuaaClaims({ client, scopes, id }: Grant): JsonObject {
  const { clientId } = client;
  const granted = scopes.length > 0 ? [...scopes] : ['uaa.resource'];
  const owners = granted.map((scope) => scope.slice(0, Math.max(scope.lastIndexOf('.'), 0))).filter((owner) => owner !== '');
  return {
    ext_attr: { enhancer: 'XSUAA', subaccountid: localTenant, zdn: 'kyma-guard-local', serviceinstanceid: localTenant },
    sub: clientId,
    authorities: granted,
    scope: granted,
    client_id: clientId,
    cid: clientId,
    azp: clientId,
    grant_type: 'client_credentials',
    rev_sig: id.replace(/-/g, '').slice(0, 8),
    zid: localTenant,
    aud: [...new Set([...owners, clientId, ...client.audiences])],
  };
}

/** Keycloak and others write a single audience as text. */
function audienceOf({ audiences, clientId }: ClientPlan): string | string[] {
  const [only = clientId, ...more] = audiences;
  return more.length === 0 ? only : [only, ...more];
}

/** Stands for subaccount, zone and instance. */
export const localTenant = '00000000-0000-4000-8000-000000000001';
