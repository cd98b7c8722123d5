import { constants, KeyObject, sign } from 'node:crypto';
import type { SigningKey } from './signing-key';

/** Signs any text with the key's own algorithm, whatever the header in it says; the signature as base64url. @see RFC 7518 section 3 */
export function signContent(content: string, { alg, privateKey }: SigningKey): string {
  const key = KeyObject.from(privateKey);
  const data = Buffer.from(content);
  if (alg === 'EdDSA') return sign(null, data, key).toString('base64url');
  const hash = `sha${alg.slice(2)}`;
  const options = alg.startsWith('ES')
    ? { key, dsaEncoding: 'ieee-p1363' as const }
    : alg.startsWith('PS')
      ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : key;
  return sign(hash, data, options).toString('base64url');
}
