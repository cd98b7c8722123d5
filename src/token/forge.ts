import { createHmac, randomBytes } from 'node:crypto';
import type { JsonObject, JsonValue } from '../model/json';
import { encodeSegment, type DecodedToken } from './decode';
import { publicKeySecrets } from './public-key-secrets';
import { signToken } from './sign';
import type { SigningKey } from './signing-key';
import type { PublishedKeys } from './keys';

/**
 * How the third segment of a hostile token comes about.
 * `foreign-key`: signed well, with a key that nobody trusts. `original`: the signature of the good token, whatever changed before it.
 * `none`: no third segment, with and without its dot. `damaged`: the good signature with bits turned over.
 * `public-key-hmac`: HMAC with the published key as secret, in its usual encodings. `random-hmac`: its twin with a secret nobody knows.
 * `test-key`: signed with the private key of a test issuer, so only the changed claims are wrong.
 * `other-issuer-key`: the same with the key of another issuer that the rule trusts.
 */
export interface Signature {
  readonly by: 'foreign-key' | 'original' | 'none' | 'damaged' | 'public-key-hmac' | 'random-hmac' | 'test-key' | 'other-issuer-key';
}

/** A hostile token as data: what differs from the good one. */
export interface Recipe {
  /** Members that replace those of the good header; null takes one out. @default {} */
  readonly header?: Readonly<Record<string, JsonValue>>;
  /** Claims that replace those of the good token; null takes one out. @default {} */
  readonly claims?: Readonly<Record<string, JsonValue>>;
  /** Sets `exp` to so many seconds from now, negative for the past. @default - the good token's, or ten minutes when it has no time left */
  readonly expiresInSeconds?: number;
  readonly signature: Signature;
}

/** What hostile tokens are made from. */
export interface ForgeMaterial {
  /** The good token, or what {@link imaginedToken} made up when there is none. */
  readonly original: Pick<DecodedToken, 'header' | 'claims'> & Partial<Pick<DecodedToken, 'segments'>>;
  /** What the issuer publishes. */
  readonly keys?: PublishedKeys;
  /** A key pair of our own that nobody trusts. */
  readonly foreignKey: SigningKey;
  /** Private keys of a test issuer. @default - recipes that need one give nothing */
  readonly testKeys?: readonly SigningKey[];
  /** Private keys of the other issuers that the rule trusts. @default - recipes that need one give nothing */
  readonly otherKeys?: readonly SigningKey[];
  /** @default - the clock of this machine */
  readonly now?: Date;
}

/** A hostile token and which variant of its recipe it is. */
export interface Forgery {
  readonly variant: string;
  readonly token: string;
}

/** Builds the tokens of a recipe, the likeliest to get through first; none when the material for it is missing. */
export async function forge(recipe: Recipe, material: ForgeMaterial): Promise<string[]> {
  return (await forgeries(recipe, material)).map(({ token }) => token);
}

/** As {@link forge}, with the name of each variant. */
export async function forgeries(recipe: Recipe, material: ForgeMaterial): Promise<Forgery[]> {
  const { by } = recipe.signature;
  if (by === 'foreign-key') return [await signed(by, material.foreignKey, recipe, material)];
  if (by === 'test-key') {
    const key = testKey(material);
    return key ? [await signed(by, key, recipe, material)] : [];
  }
  if (by === 'other-issuer-key') {
    const [key] = material.otherKeys ?? [];
    return key ? [await signed(by, key, recipe, material)] : [];
  }
  if (by === 'original' || by === 'damaged') return withGoodSignature(by, recipe, material);
  if (by === 'none') return unsigned(recipe, material);
  return hashed(by, recipe, material);
}

/** What a good token of an issuer would roughly say, for attacks without any credential. */
export function imaginedToken(
  issuer: string,
  { audiences = [], scopes = [], kid }: { audiences?: readonly string[]; scopes?: readonly string[]; kid?: string } = {},
): Pick<DecodedToken, 'header' | 'claims'> {
  const header = { alg: 'RS256', typ: 'JWT', ...(kid === undefined ? {} : { kid }) };
  const aud = audiences.length > 0 ? { aud: [...audiences] } : {};
  const scope = scopes.length > 0 ? { scope: [...scopes] } : {};
  return { header, claims: { iss: issuer, sub: 'kyma-guard', ...aud, ...scope } };
}

async function signed(variant: string, key: SigningKey, recipe: Recipe, material: ForgeMaterial): Promise<Forgery> {
  const { alg: _alg, ...rest } = material.original.header;
  const kid = variant === 'test-key' || variant === 'other-issuer-key' ? key.kid : (rest['kid'] ?? null);
  const header = { typ: null, ...rest, kid, ...recipe.header };
  return { variant, token: await signToken(key, { claims: claimsOf(recipe, material), header }) };
}

function testKey({ testKeys = [], original }: ForgeMaterial): SigningKey | undefined {
  return testKeys.find(({ kid }) => kid === original.header['kid']) ?? testKeys[0];
}

/** Nothing when there is no good signature, or when the token would be the good one itself. */
function withGoodSignature(by: 'original' | 'damaged', recipe: Recipe, material: ForgeMaterial): Forgery[] {
  const segments = material.original.segments;
  if (!segments || segments.signature === '') return [];
  const content = contentOf(recipe, material, true);
  if (by === 'damaged') return [{ variant: by, token: `${content}.${damage(segments.signature)}` }];
  return content === `${segments.header}.${segments.claims}` ? [] : [{ variant: by, token: `${content}.${segments.signature}` }];
}

function unsigned(recipe: Recipe, material: ForgeMaterial): Forgery[] {
  const content = contentOf(recipe, material, false);
  return [
    { variant: 'empty third segment', token: `${content}.` },
    { variant: 'two segments', token: content },
  ];
}

function hashed(by: 'public-key-hmac' | 'random-hmac', recipe: Recipe, material: ForgeMaterial): Forgery[] {
  const alg = recipe.header?.['alg'] ?? 'HS256';
  const content = contentOf({ ...recipe, header: { ...recipe.header, alg } }, material, false);
  const secrets =
    by === 'random-hmac'
      ? [{ variant: 'random secret', secret: randomBytes(32) }]
      : publicKeySecrets(material.keys, material.original.header['kid']);
  const hash = /^HS(256|384|512)$/.exec(typeof alg === 'string' ? alg : '')?.[1] ?? '256';
  return secrets.map(({ variant, secret }) => ({
    variant,
    token: `${content}.${createHmac(`sha${hash}`, secret).update(content).digest('base64url')}`,
  }));
}

/** First two segments; byte for byte those of the good token where nothing changes. */
function contentOf(recipe: Recipe, material: ForgeMaterial, keepExpiry: boolean): string {
  const { header, claims, segments } = material.original;
  const newHeader = changed(header, recipe.header);
  const newClaims = keepExpiry ? changed(claims, recipe.claims) : claimsOf(recipe, material);
  return `${segment(newHeader, header, segments?.header)}.${segment(newClaims, claims, segments?.claims)}`;
}

function segment(value: JsonObject, before: JsonObject, text: string | undefined): string {
  return text !== undefined && JSON.stringify(value) === JSON.stringify(before) ? text : encodeSegment(value);
}

function claimsOf({ claims, expiresInSeconds }: Recipe, { original, now = new Date() }: ForgeMaterial): JsonObject {
  const seconds = Math.floor(now.getTime() / 1000);
  const exp = original.claims['exp'];
  const hasTime = typeof exp === 'number' && exp > seconds + 60;
  const fresh = expiresInSeconds === undefined && hasTime ? {} : { exp: seconds + (expiresInSeconds ?? 600) };
  return changed({ ...original.claims, ...fresh }, claims);
}

function changed(value: JsonObject, changes: Readonly<Record<string, JsonValue>> = {}): JsonObject {
  return Object.fromEntries(Object.entries({ ...value, ...changes }).filter(([name, member]) => !(member === null && name in changes)));
}

/** Turns over every bit of a few bytes in the middle: never the unused bits at the end, which change nothing. */
function damage(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url');
  const middle = bytes.length >> 1;
  for (let i = Math.max(0, middle - 2); i <= middle && i < bytes.length; i += 1) bytes[i] = ~(bytes[i] ?? 0) & 0xff;
  return bytes.toString('base64url');
}
