import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import type { JsonObject } from '../model/json';
import { invalid, optional, required, type Origin } from './credential-members';
import { Secret } from './secret';

/** How a client proves at the token endpoint that it is itself. */
export type ClientAuthentication =
  /** @see RFC 6749 section 2.3.1 */
  | {
      readonly kind: 'secret';
      readonly secret: Secret;
      /** Where the secret stands. @default - in the body, as XSUAA documents; other issuers get it in the header when they refuse that */
      readonly method?: 'client_secret_post' | 'client_secret_basic';
    }
  /** Mutual TLS: the certificate of the connection names the client. @see RFC 8705 section 2 */
  | {
      readonly kind: 'certificate';
      /** Certificate chain, PEM. */ readonly certificate: string;
      /** Private key, PEM. */ readonly key: Secret;
      readonly validTo: Date;
    }
  /** `private_key_jwt`: a token that the client signs itself. @see RFC 7523 section 2.2 */
  | {
      readonly kind: 'assertion';
      /** Private key, PEM or JWK. */ readonly key: Secret;
      readonly kid?: string;
      /** PEM; its thumbprint goes into the header `x5t#S256`. */ readonly certificate?: string;
      /** `aud` of the assertion. @default - the token endpoint */ readonly audience?: string;
    }
  /** A public client: it proves nothing, and is of use only where a person signs in. @see RFC 8252 section 8.4 */
  | { readonly kind: 'none' };

/**
 * Reads what a service key says about how its client authenticates: `clientsecret`, `certificate` and `key`, or `private_key`. The member
 * `token_endpoint_auth_method` decides where several could apply.
 *
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when nothing usable is there
 */
export function readAuthentication(members: JsonObject, origin: Origin): ClientAuthentication {
  const method = optional(members, 'token_endpoint_auth_method');
  if (method === 'none') return { kind: 'none' };
  if (method === 'private_key_jwt' || (method === undefined && members['private_key'] !== undefined && !hasSecret(members)))
    return assertion(members, origin);
  const isX509 = members['credential-type'] === 'x509' || method === 'tls_client_auth' || method === 'self_signed_tls_client_auth';
  if (isX509 || (method === undefined && !hasSecret(members) && members['certificate'] !== undefined)) return certificate(members, origin);
  const secret = new Secret(required(members, 'clientsecret', origin));
  if (method === undefined) return { kind: 'secret', secret };
  if (method !== 'client_secret_post' && method !== 'client_secret_basic')
    throw invalid(origin, '"token_endpoint_auth_method" is none that is known', knownMethods);
  return { kind: 'secret', secret, method };
}

const knownMethods =
  'Give client_secret_post, client_secret_basic, private_key_jwt, tls_client_auth, self_signed_tls_client_auth or none, or leave it out.';

/** Every text of a credential that must not be seen. */
export function secretsIn(authentication: ClientAuthentication): string[] {
  if (authentication.kind === 'none') return [];
  const text = (authentication.kind === 'secret' ? authentication.secret : authentication.key).reveal();
  const body = text.replace(/-----[A-Z ]+-----|\s/g, '');
  return [...new Set([text, text.trim(), body])];
}

/** True when both prove the client with the same secret: tells whether what is mounted was rotated. */
export function isSameAuthentication(one: ClientAuthentication, other: ClientAuthentication): boolean {
  const [a, b] = [one, other].map((authentication) =>
    JSON.stringify([authentication.kind, ...secretsIn(authentication), publicPart(authentication)]),
  );
  return a === b;
}

function publicPart(authentication: ClientAuthentication): string {
  return 'certificate' in authentication ? (authentication.certificate ?? '') : '';
}

function hasSecret(members: JsonObject): boolean {
  return members['clientsecret'] !== undefined && members['clientsecret'] !== '';
}

function certificate(members: JsonObject, origin: Origin): ClientAuthentication {
  const [chain, key] = [required(members, 'certificate', origin), required(members, 'key', origin)].map(withLines) as [string, string];
  const leaf = readCertificate(chain, origin);
  if (!leaf.checkPrivateKey(readKey(key, 'key', origin))) throw invalid(origin, '"key" does not belong to "certificate"', again);
  return { kind: 'certificate', certificate: chain, key: new Secret(key), validTo: new Date(leaf.validTo) };
}

const again = 'Read the binding again as a whole; after a rotation both change together.';

function assertion(members: JsonObject, origin: Origin): ClientAuthentication {
  const name = members['private_key'] === undefined ? 'key' : 'private_key';
  const value = members[name];
  const key = typeof value === 'object' && value !== null ? JSON.stringify(value) : withLines(required(members, name, origin));
  if (!/^\s*\{/.test(key)) readKey(key, name, origin);
  const [kid, audience, chain] = [optional(members, 'kid'), optional(members, 'assertion_audience'), optional(members, 'certificate')];
  if (chain !== undefined) readCertificate(withLines(chain), origin);
  return {
    kind: 'assertion',
    key: new Secret(key),
    ...(kid === undefined ? {} : { kid }),
    ...(audience === undefined ? {} : { audience }),
    ...(chain === undefined ? {} : { certificate: withLines(chain) }),
  };
}

/** Keys that went through a shell or a template often have `\n` as two characters. */
function withLines(pem: string): string {
  return pem.includes('\n') || pem.trimStart().startsWith('{') ? pem : pem.replaceAll('\\n', '\n');
}

function readCertificate(chain: string, origin: Origin): X509Certificate {
  try {
    return new X509Certificate(chain);
  } catch {
    throw invalid(origin, '"certificate" is no PEM certificate', again);
  }
}

function readKey(pem: string, name: string, origin: Origin): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw invalid(origin, `"${name}" is no private key in PEM form without a passphrase`, again);
  }
}
