import { constants, createPublicKey, verify, type VerifyKeyObjectInput } from 'node:crypto';
import { compactVerify, errors, importJWK } from 'jose';
import type { JsonObject } from '../model/json';
import type { DecodedToken } from './decode';
import type { PublishedKeys } from './keys';

/** Why a signature does not hold. `algorithm`: none, symmetric or unknown. `key`: no published key fits. `signature`: it is not by that key. */
export type SignatureFault = 'algorithm' | 'key' | 'signature';

/** Key type that each accepted algorithm needs. Symmetric ones and `none` are not among them. @see RFC 8725 section 3.1 */
const keyTypes: Readonly<Record<string, string>> = {
  ...{ RS256: 'RSA', RS384: 'RSA', RS512: 'RSA', PS256: 'RSA', PS384: 'RSA', PS512: 'RSA' },
  ...{ ES256: 'EC', ES384: 'EC', ES512: 'EC', EdDSA: 'OKP' },
};
/** Keys that are tried for one token: more with the same id is an attack on the verifier. */
const maxTries = 8;

/**
 * Verifies a signature with published keys; undefined when it holds.
 *
 * @param options.ignoreCritical Takes no notice of the header member `crit`, as Envoy does. @default false
 * @see RFC 7515 section 5.2
 */
export async function checkSignature(
  token: string,
  { header }: Pick<DecodedToken, 'header'>,
  keys: PublishedKeys,
  { ignoreCritical = false }: { readonly ignoreCritical?: boolean } = {},
): Promise<SignatureFault | undefined> {
  const { alg, kid } = header;
  const keyType = typeof alg === 'string' && Object.hasOwn(keyTypes, alg) ? keyTypes[alg] : undefined;
  if (typeof alg !== 'string' || keyType === undefined) return 'algorithm';
  const fitting = keys.keys.filter(
    (key) => key['kty'] === keyType && (kid === undefined || key['kid'] === undefined || key['kid'] === kid) && mayVerify(key, alg),
  );
  if (fitting.length === 0) return 'key';
  const plain = ignoreCritical && header['crit'] !== undefined;
  for (const key of fitting.slice(0, maxTries))
    if (plain ? holdsOverBytes(token, key, alg) : await holds(token, key, alg)) return undefined;
  return 'signature';
}

function mayVerify(key: JsonObject, alg: string): boolean {
  return (key['alg'] === undefined || key['alg'] === alg) && (key['use'] === undefined || key['use'] === 'sig');
}

async function holds(token: string, key: JsonObject, alg: string): Promise<boolean> {
  try {
    const { kty, n, e, crv, x, y } = key;
    const numbers = Object.entries({ n, e, crv, x, y }).filter(([, value]) => typeof value === 'string');
    const publicKey = await importJWK({ ...Object.fromEntries(numbers), kty: typeof kty === 'string' ? kty : '' }, alg);
    await compactVerify(token, publicKey, { algorithms: [alg] });
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException) return false;
    throw error;
  }
}

/** The signature over the bytes as they stand, whatever the header asks for beside its algorithm: the library refuses `crit` in most forms. */
function holdsOverBytes(token: string, jwk: JsonObject, alg: string): boolean {
  const end = token.lastIndexOf('.');
  const hash = alg === 'EdDSA' ? null : `sha${alg.slice(2)}`;
  try {
    const key: VerifyKeyObjectInput = {
      key: createPublicKey({ key: jwk, format: 'jwk' }),
      dsaEncoding: 'ieee-p1363',
      ...(alg.startsWith('PS') && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
    };
    return verify(hash, Buffer.from(token.slice(0, end)), key, Buffer.from(token.slice(end + 1), 'base64url'));
  } catch {
    return false;
  }
}
