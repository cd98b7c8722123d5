import { createHash } from 'node:crypto';
import type { JsonObject } from '../model/json';

/** Why a published key can be broken, or is known already, as ends of a sentence; empty when neither is known. */
export function weaknesses(key: JsonObject): string[] {
  const known = knownKeys[thumbprint(key)];
  return [...(known === undefined ? [] : [`is a well-known key (${known}), whose private part anybody has`]), ...rsaWeaknesses(key)];
}

/** @see RFC 7638 */
function thumbprint({ kty, n, e, crv, x, y }: JsonObject): string {
  const text =
    kty === 'EC' ? JSON.stringify({ crv, kty, x, y }) : kty === 'OKP' ? JSON.stringify({ crv, kty, x }) : JSON.stringify({ e, kty, n });
  return createHash('sha256').update(text).digest('base64url');
}

function rsaWeaknesses({ kty, n, e }: JsonObject): string[] {
  if (kty !== 'RSA') return [];
  const [modulus, exponent] = [numberOf(n), numberOf(e)];
  return [
    ...(exponent !== undefined && (exponent < 3n || exponent % 2n === 0n)
      ? [`has the exponent ${exponent}, with which nothing is signed`]
      : []),
    ...(modulus !== undefined && isOfRoca(modulus) ? ['has a modulus as the ROCA generator makes them, which can be factored'] : []),
  ];
}

/** Longer numbers are no keys: what is hostile is not computed with. */
const mostDigits = 4096;

function numberOf(value: unknown): bigint | undefined {
  if (typeof value !== 'string' || value.length > mostDigits) return undefined;
  const bytes = Buffer.from(value, 'base64url');
  return bytes.length === 0 ? undefined : BigInt(`0x${bytes.toString('hex')}`);
}

const primes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139,
  149, 151, 157, 163, 167,
];

/**
 * True for moduli of a faulty generator: their remainder by each small prime is a power of 65537. A good modulus is so by chance once in
 * more than 10^8.
 * @see CVE-2017-15361
 */
function isOfRoca(modulus: bigint): boolean {
  return primes.every((prime) => powersOf65537(prime).has(Number(modulus % BigInt(prime))));
}

function powersOf65537(prime: number): ReadonlySet<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power);
  return powers;
}

/** Keys of examples whose private parts stand beside them, by thumbprint. */
const knownKeys: Readonly<Record<string, string>> = {
  'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs': 'RFC 7517 appendix A.1',
  IsUn6_e04MaShXFIISMp4kG62LWzMIPy_MvSA5pJgX8: 'RFC 7515 appendix A.2',
  'oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U': 'RFC 7515 appendix A.3',
  kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k: 'RFC 8037 appendix A',
  '9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI': 'RFC 7520 section 3.3',
  oGDmHqCJ7yzMkWEkrlZVHkvrHIyQwtlDmeq5ForUHeY: 'the RS256 example of jwt.io',
  '19J8y7Zprt2-QKLjF2I5pVk0OELX6cY2AfaAv1LC_w8': 'the ES256 example of jwt.io',
  'DHFbpoIUqrY8t2zpA2qXfCmr5VO5ZEr4RzHU_-envvQ': 'the example of Istio',
};
