import { X509Certificate, createHash, randomUUID } from 'node:crypto';
import { SignJWT, type JWK } from 'jose';
import { CredentialsInvalidError } from '../model/errors';
import type { ClientAuthentication } from './client-authentication';
import type { Credentials } from './credentials';
import { signingKeyOf, signingKeyOfPem, type SigningKey } from './signing-key';

type Assertion = Extract<ClientAuthentication, { kind: 'assertion' }>;

/** A request takes seconds; issuers allow minutes. */
const lifeSeconds = 60;

/**
 * Signs the token by which a client proves itself. Each is good for one request: its `jti` never comes twice.
 *
 * @param now in milliseconds since 1970
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when the key is of a kind that no algorithm here can use
 * @see RFC 7523 sections 2.2 and 3
 */
export async function clientAssertion(credentials: Credentials, authentication: Assertion, now: number): Promise<string> {
  const key = await keyOf(authentication, credentials.label);
  const seconds = Math.floor(now / 1000);
  const { clientId, tokenEndpoint } = credentials;
  const claims = { iss: clientId, sub: clientId, aud: authentication.audience ?? tokenEndpoint, jti: randomUUID(), iat: seconds };
  const { certificate, kid } = authentication;
  const x5t = certificate === undefined ? {} : { 'x5t#S256': thumbprint(certificate) };
  return new SignJWT({ ...claims, exp: seconds + lifeSeconds })
    .setProtectedHeader({ alg: key.alg, typ: 'JWT', ...(kid === undefined ? {} : { kid }), ...x5t })
    .sign(key.privateKey);
}

async function keyOf(authentication: Assertion, label: string): Promise<SigningKey> {
  try {
    const text = authentication.key.reveal();
    return text.trimStart().startsWith('{') ? await signingKeyOf(JSON.parse(text) as JWK) : await signingKeyOfPem(text);
  } catch {
    throw new CredentialsInvalidError(
      `credentials ${label}: "private_key" is no RSA, P-256, P-384 or Ed25519 key`,
      'Give a private key as PEM (PKCS#8 or PKCS#1) or as JWK.',
    );
  }
}

function thumbprint(certificate: string): string {
  return createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url');
}
