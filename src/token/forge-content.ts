import { deflateRawSync } from 'node:zlib';
import type { JsonObject, JsonValue } from '../model/json';
import { encodeSegment } from './decode';
import type { ForgeMaterial } from './forge-material';
import type { Recipe, TextChange } from './recipe';
import { certificatePem, selfSignedCertificate } from './self-signed';
import { fillIn } from './template';

/** How the first two segments come about, beside the recipe. */
export interface ContentOptions {
  /** `exp` stays what it is, so that the content can be the good one. @default false */
  readonly keepExpiry?: boolean;
  /** Members of the header that a key brings along, unless the recipe says otherwise. @default {} */
  readonly header?: JsonObject;
}

/** First two segments; byte for byte those of the good token where nothing changes. */
export function contentOf(recipe: Recipe, material: ForgeMaterial, { keepExpiry = false, header: own = {} }: ContentOptions = {}): string {
  const { header, claims, segments } = material.original;
  const newHeader = nulled(changed({ ...header, ...own, ...embedded(recipe, material) }, filled(recipe.header, material)), recipe);
  const newClaims = keepExpiry ? changed(claims, filled(recipe.claims, material)) : claimsOf(recipe, material);
  const first = segment(newHeader, { before: header, known: segments?.header, text: recipe.text?.header });
  return `${first}.${second(recipe, newClaims, material)}`;
}

function second({ payload = 'claims', text }: Recipe, claims: JsonObject, { original }: ForgeMaterial): string {
  const { segments } = original;
  switch (payload) {
    case 'claims':
      return segment(claims, { before: original.claims, known: segments?.claims, text: text?.claims });
    case 'array':
      return base64url(JSON.stringify([claims]));
    case 'unencoded':
      return JSON.stringify(claims);
    case 'detached':
      return '';
    case 'deflated':
      return deflateRawSync(JSON.stringify(claims)).toString('base64url');
    case 'token':
      return base64url(segments ? `${segments.header}.${segments.claims}.${segments.signature}` : unsignedToken(claims));
    case 'unsigned token':
      return base64url(unsignedToken(claims));
  }
}

/** A token without signature, for the inside of another. */
export function unsignedToken(claims: JsonObject): string {
  return `${encodeSegment({ alg: 'none' })}.${encodeSegment(claims)}.`;
}

/** Claims of a recipe: the good ones, in time, with its changes. */
export function claimsOf(recipe: Recipe, material: ForgeMaterial): JsonObject {
  const { expiresInSeconds, startsInSeconds } = recipe;
  const { original, now = new Date() } = material;
  const seconds = Math.floor(now.getTime() / 1000);
  const exp = original.claims['exp'];
  const hasTime = typeof exp === 'number' && exp > seconds + 60;
  const fresh = expiresInSeconds === undefined && hasTime ? {} : { exp: seconds + (expiresInSeconds ?? 600) };
  const start = startsInSeconds === undefined ? {} : { nbf: seconds + startsInSeconds };
  return changed({ ...original.claims, ...fresh, ...start }, filled(recipe.claims, material));
}

function embedded({ embed }: Recipe, { foreignKey, keys }: ForgeMaterial): JsonObject {
  if (embed === undefined) return {};
  const { kty, n, e } = foreignKey.publicJwk;
  if (embed === 'jwk') return { jwk: { kty: kty ?? 'RSA', n, e } };
  const own = certificatePem(selfSignedCertificate(foreignKey)).replace(/-----[^-]+-----|\s/g, '');
  const [published] = (keys?.keys ?? []).flatMap(({ x5c }) => (Array.isArray(x5c) ? x5c : []));
  return { x5c: embed === 'x5c' || typeof published !== 'string' ? [own] : [own, published] };
}

interface SegmentBefore {
  readonly before: JsonObject;
  readonly known: string | undefined;
  readonly text: TextChange | undefined;
}

function segment(value: JsonObject, { before, known, text }: SegmentBefore): string {
  if (text) return base64url(withText(JSON.stringify(value), text));
  return known !== undefined && JSON.stringify(value) === JSON.stringify(before) ? known : encodeSegment(value);
}

/** Needs an object with at least one member. */
function withText(json: string, { before = '', first = '', last = '', after = '' }: TextChange): string {
  return `${before}{${first}${json.slice(1, -1)}${last}}${after}`;
}

function filled(changes: Recipe['header'], { names = {} }: ForgeMaterial): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(Object.entries(changes ?? {}).map(([name, value]) => [name, fillIn(value, names)]));
}

function nulled(header: JsonObject, { nullHeader = [] }: Recipe): JsonObject {
  return { ...header, ...Object.fromEntries(nullHeader.map((name) => [name, null])) };
}

function changed(value: JsonObject, changes: Readonly<Record<string, JsonValue>>): JsonObject {
  return Object.fromEntries(Object.entries({ ...value, ...changes }).filter(([name, member]) => !(member === null && name in changes)));
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
