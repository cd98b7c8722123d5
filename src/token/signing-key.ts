import { createPrivateKey, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, exportSPKI, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';

/** Algorithms that keys are made for. Kyma's issuers use RS256. */
export type SigningAlgorithm = 'RS256' | 'RS384' | 'RS512' | 'PS256' | 'ES256' | 'ES384' | 'EdDSA';

/** A key pair of a test issuer. Never one of a real issuer: nobody but its owner has that. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly privateKey: CryptoKey;
  /** As it stands in the issuer's key set: `kty, use, kid, alg` and the public numbers. */
  readonly publicJwk: JWK;
  /** SPKI PEM of the public key; XSUAA publishes it as the member `value` of its keys. */
  readonly publicPem: string;
}

/** Properties of {@link createSigningKey}. */
export interface SigningKeyOptions {
  /** @default 'RS256' */
  readonly alg?: SigningAlgorithm;
  /** @default - `key-` and eight random hex digits */
  readonly kid?: string;
}

/** Makes a new key pair (RSA: 2048 bits). */
export async function createSigningKey(options: SigningKeyOptions = {}): Promise<SigningKey> {
  const { alg = 'RS256', kid = `key-${randomBytes(4).toString('hex')}` } = options;
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  return { kid, alg, privateKey, ...(await publicParts(publicKey, kid, alg)) };
}

const foreign = new Map<SigningAlgorithm, Promise<SigningKey>>();

/** A key pair that nobody trusts: made once per process, because making it takes longer than a whole small run. */
export function foreignSigningKey(alg: SigningAlgorithm = 'RS256'): Promise<SigningKey> {
  const key = foreign.get(alg) ?? createSigningKey({ alg });
  foreign.set(alg, key);
  return key;
}

/** The private key as JWK, for the file that `--signing-key` reads. Never print it. */
export async function privateJwk(key: SigningKey): Promise<JWK> {
  return { ...(await exportJWK(key.privateKey)), use: 'sig', kid: key.kid, alg: key.alg };
}

/**
 * Reads a private JWK. Without `kid` its thumbprint stands for it.
 * @throws {TypeError} when it is no private key of a known algorithm
 * @see RFC 7638
 */
export async function signingKeyOf(jwk: JWK): Promise<SigningKey> {
  const alg = algorithmOf(jwk);
  if (alg === undefined || typeof jwk.d !== 'string') throw new TypeError('not a private signing key of a known algorithm');
  const privateKey = await importJWK({ ...jwk, ext: true }, alg);
  if (privateKey instanceof Uint8Array) throw new TypeError('not a private signing key');
  const { kty, n, e, crv, x, y } = jwk;
  const numbers = Object.fromEntries(Object.entries({ kty, n, e, crv, x, y }).filter(([, value]) => value !== undefined));
  const publicKey = await importJWK({ ...numbers, kty: jwk.kty ?? '', ext: true }, alg);
  if (publicKey instanceof Uint8Array) throw new TypeError('not a private signing key');
  const kid = jwk.kid ?? (await calculateJwkThumbprint(await exportJWK(publicKey)));
  return { kid, alg, privateKey, ...(await publicParts(publicKey, kid, alg)) };
}

/**
 * Reads a private key in PEM form, such as `openssl genpkey` writes it.
 * @throws {TypeError} when it is no private key of a known algorithm
 */
export async function signingKeyOfPem(pem: string): Promise<SigningKey> {
  let jwk: JWK;
  try {
    jwk = createPrivateKey(pem).export({ format: 'jwk' });
  } catch (error) {
    throw new TypeError('not a private key in PEM form', { cause: error });
  }
  return signingKeyOf(jwk);
}

/** The key set that an issuer publishes for these keys. @param options.pem adds the member `value`, as XSUAA does. @default false */
export function publicJwks(keys: readonly SigningKey[], { pem = false } = {}): { keys: JWK[] } {
  return { keys: keys.map((key) => (pem ? { ...key.publicJwk, value: key.publicPem } : { ...key.publicJwk })) };
}

async function publicParts(publicKey: CryptoKey, kid: string, alg: string): Promise<Pick<SigningKey, 'publicJwk' | 'publicPem'>> {
  return { publicJwk: { ...(await exportJWK(publicKey)), use: 'sig', kid, alg }, publicPem: (await exportSPKI(publicKey)).trimEnd() };
}

const byCurve: Readonly<Record<string, SigningAlgorithm>> = { 'P-256': 'ES256', 'P-384': 'ES384', Ed25519: 'EdDSA' };
const rsa: readonly string[] = ['RS256', 'RS384', 'RS512', 'PS256'];

function algorithmOf({ kty, crv, alg }: JWK): SigningAlgorithm | undefined {
  if (kty === 'RSA') return rsaAlgorithm(alg ?? 'RS256');
  return byCurve[crv ?? ''];
}

function rsaAlgorithm(alg: string): SigningAlgorithm | undefined {
  return rsa.includes(alg) ? (alg as SigningAlgorithm) : undefined;
}
