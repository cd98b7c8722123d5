import { CompactEncrypt, importJWK } from 'jose';
import type { JsonObject } from '../model/json';
import { agreed, type Content } from './forge-curve';
import { claimsOf, unsignedToken } from './forge-content';
import type { ForgeMaterial, Forgery } from './forge-material';
import type { Recipe, Signature } from './recipe';

const maxKeys = 2;

/**
 * Tokens that are encrypted and not signed: to published keys, which anybody can do, or with a key of zeros. @see RFC 7516 section 3
 */
export async function encrypted(
  { alg }: Extract<Signature, { by: 'encryption' }>,
  recipe: Recipe,
  material: ForgeMaterial,
): Promise<Forgery[]> {
  const claims = claimsOf(recipe, material);
  const contents: readonly Content[] = [
    ['claims', JSON.stringify(claims), {}],
    ['an unsigned token', unsignedToken(claims), { cty: 'JWT' }],
  ];
  if (alg === 'ECDH-ES') return ecKeys(material).flatMap((key) => agreed(key, contents));
  const keys = alg === 'dir' ? [{ key: new Uint8Array(32), kid: undefined }] : await encryptionKeys(material, alg);
  // A published key may be no key at all: with what cannot be used nothing is tried.
  const sealed = await Promise.allSettled(
    keys.flatMap(({ key, kid }) =>
      contents.map(async ([variant, text, header]) => ({
        variant,
        token: await new CompactEncrypt(Buffer.from(text))
          .setProtectedHeader({ alg, enc: 'A256GCM', ...header, ...(kid !== undefined && { kid }) })
          .encrypt(key),
      })),
    ),
  );
  return sealed.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** Keys for encryption first; an issuer's keys for signatures are RSA keys all the same. */
async function encryptionKeys({ keys }: ForgeMaterial, alg: string) {
  const rsa = (keys?.keys ?? []).filter(({ kty }) => kty === 'RSA');
  const ordered = [...rsa.filter(({ use }) => use === 'enc'), ...rsa.filter(({ use }) => use !== 'enc')].slice(0, maxKeys);
  const read = await Promise.allSettled(
    ordered.map(async (jwk) => ({ key: await publicKey(jwk, alg), kid: typeof jwk['kid'] === 'string' ? jwk['kid'] : undefined })),
  );
  return read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

function ecKeys({ keys }: ForgeMaterial): JsonObject[] {
  return (keys?.keys ?? []).filter(({ kty, crv }) => kty === 'EC' && crv === 'P-256').slice(0, maxKeys);
}

function publicKey({ n, e }: JsonObject, alg: string) {
  return importJWK({ kty: 'RSA', ...(typeof n === 'string' && { n }), ...(typeof e === 'string' && { e }) }, alg);
}
