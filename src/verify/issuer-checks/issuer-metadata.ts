import { isLoopback } from '../../model/issuer';
import type { JsonObject } from '../../model/json';
import type { IssuerCheck } from '../issuer-check';

/** Addresses to which tokens, secrets or people are sent. */
const endpoints = [
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'introspection_endpoint',
  'revocation_endpoint',
  'registration_endpoint',
  'end_session_endpoint',
] as const;

/** Algorithms of what has to be signed. */
const algorithms = [
  'id_token_signing_alg_values_supported',
  'token_endpoint_auth_signing_alg_values_supported',
  'introspection_endpoint_auth_signing_alg_values_supported',
  'revocation_endpoint_auth_signing_alg_values_supported',
] as const;

export const issuerMetadata: IssuerCheck = {
  id: 'issuer-metadata',
  title: 'The discovery document offers nothing without TLS or signature',
  severity: 'low',
  fix: 'Take "none" out of the algorithms of the issuer, and give its endpoints https addresses.',
  refs: ['RFC 8414 section 2', 'RFC 8725 section 3.2', 'RFC 6749 section 3.2'],
  check({ trust, discovery }) {
    if (typeof discovery === 'string') return { status: 'skip', message: 'there is no discovery document' };
    const { document } = discovery;
    const problems = [
      ...endpoints.filter((name) => isOpen(document[name], trust.issuer)).map((name) => `${name} does not start with https://`),
      ...algorithms.filter((name) => offersNone(document, name)).map((name) => `${name} holds "none"`),
    ];
    return problems.length === 0 ? undefined : { status: 'warn', message: problems.join('; ') };
  },
};

/** An issuer that is itself without TLS is told of already. */
function isOpen(value: unknown, issuer: string): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, hostname, origin } = new URL(value);
  return protocol === 'http:' && !isLoopback(hostname) && !(URL.canParse(issuer) && new URL(issuer).origin === origin);
}

function offersNone(document: JsonObject, name: string): boolean {
  const value = document[name];
  return Array.isArray(value) && value.some((one) => typeof one === 'string' && one.toLowerCase() === 'none');
}
