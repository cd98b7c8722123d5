import type { TokenFact } from '../model/access';
import { isJsonObject, type JsonObject } from '../model/json';
import { checkSignature } from '../token/check-signature';
import { repeatsNames } from './repeated-names';

/** Reasons that Envoy gives for a token it refuses. @see envoy `source/common/jwt/status.cc` */
export const tokenProblems = {
  form: 'Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections',
  headerBase64: 'Jwt header is an invalid Base64url encoded',
  headerJson: 'Jwt header is an invalid JSON',
  noAlg: 'Jwt header [alg] field is required and must be a string',
  alg: 'Jwt header [alg] is not supported',
  kid: 'Jwt header [kid] field is not a string',
  payloadBase64: 'Jwt payload is an invalid Base64url encoded',
  payloadJson: 'Jwt payload is an invalid JSON',
  iss: 'Jwt payload [iss] field is not a string',
  sub: 'Jwt payload [sub] field is not a string',
  iat: 'Jwt payload [iat] field is not an integer',
  nbf: 'Jwt payload [nbf] field is not an integer',
  exp: 'Jwt payload [exp] field is not an integer',
  jti: 'Jwt payload [jti] field is not a string',
  aud: 'Jwt payload [aud] field is not a string or string list',
  signatureBase64: 'Jwt signature is an invalid Base64url encoded',
  issuer: 'Jwt issuer is not configured',
  early: 'Jwt not yet valid',
  expired: 'Jwt is expired',
  key: "Jwks doesn't have key to match kid or alg from Jwt",
  signature: 'Jwt verification fails',
} as const;

/** What the check of one token needs from outside. */
export interface TokenChecks {
  readonly keysOf: (issuer: string, kid: string | undefined) => Promise<readonly JsonObject[] | undefined>;
  /** In seconds since 1970. */
  readonly now: number;
}

/** Envoy's leeway for `exp` and `nbf`, in seconds. */
const leewaySeconds = 60;
const algorithms = /^(?:(?:RS|PS|HS|ES)(?:256|384|512)|EdDSA)$/;

/** Checks a token in the order of Envoy: form, issuer, times, signature. */
export async function tokenFact(token: string, { keysOf, now }: TokenChecks): Promise<TokenFact> {
  const read = readToken(token);
  if (typeof read === 'string') return { problem: read };
  const { header, claims, kid, text } = read;
  const issuer = typeof claims['iss'] === 'string' ? claims['iss'] : '';
  const refused = (problem: string): TokenFact => ({ issuer, claims, problem });
  const keys = await keysOf(issuer, kid);
  if (!keys) return refused(tokenProblems.issuer);
  const late = timeProblem(claims, now);
  if (late !== undefined) return refused(late);
  const fault = await checkSignature(text, { header }, { keys, problems: [], text: '' }, { ignoreCritical: true });
  if (fault === undefined) return { issuer, claims };
  // In place of keys that it cannot fetch, Istio gives Envoy one that fits every token and verifies none.
  return refused(fault === 'signature' || keys.length === 0 ? tokenProblems.signature : tokenProblems.key);
}

function timeProblem({ nbf, exp }: JsonObject, now: number): string | undefined {
  if (typeof nbf === 'number' && nbf > now + leewaySeconds) return tokenProblems.early;
  return typeof exp === 'number' && exp > 0 && exp < now - leewaySeconds ? tokenProblems.expired : undefined;
}

interface ReadToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly kid?: string;
  /** The token in its plain form. */
  readonly text: string;
}

/** Takes a token apart, or tells the first thing wrong with its form. Dots too many and padding are no fault to Envoy. */
function readToken(token: string): ReadToken | string {
  const [head = '', body = '', signature = '', ...more] = token.split('.').filter((part) => part !== '');
  if (signature === '' || more.length > 0) return tokenProblems.form;
  const header = objectOf(head, tokenProblems.headerBase64, tokenProblems.headerJson);
  if (typeof header === 'string') return header;
  const { alg, kid } = header;
  if (typeof alg !== 'string') return tokenProblems.noAlg;
  if (!algorithms.test(alg)) return tokenProblems.alg;
  if (kid !== undefined && typeof kid !== 'string') return tokenProblems.kid;
  const claims = objectOf(body, tokenProblems.payloadBase64, tokenProblems.payloadJson);
  if (typeof claims === 'string') return claims;
  const wrong = claimProblem(claims);
  if (wrong !== undefined) return wrong;
  if (!isBase64Url(signature)) return tokenProblems.signatureBase64;
  const text = `${head}.${body}.${signature.replace(/[\s=]/g, '')}`;
  // An empty kid is none.
  if (kid === undefined || kid === '') return { header: without(header, 'kid'), claims, text };
  return { header, claims, text, kid };
}

function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

/** Number that is the first beyond 64 bits with sign. */
const beyond = 2 ** 63;

function claimProblem(claims: JsonObject): string | undefined {
  const { iss, sub, jti, aud } = claims;
  if (iss !== undefined && typeof iss !== 'string') return tokenProblems.iss;
  if (sub !== undefined && typeof sub !== 'string') return tokenProblems.sub;
  for (const name of ['iat', 'nbf', 'exp'] as const) {
    const value = claims[name];
    if (value !== undefined && typeof value !== 'number') return tokenProblems[name];
    if (value !== undefined && (value < 0 || value >= beyond)) return `Jwt payload [${name}] field is not a positive 64 bit integer`;
  }
  if (jti !== undefined && typeof jti !== 'string') return tokenProblems.jti;
  const texts = aud === undefined ? [] : Array.isArray(aud) ? aud : [aud];
  return texts.every((text) => typeof text === 'string') ? undefined : tokenProblems.aud;
}

function objectOf(segment: string, notBase64: string, notJson: string): JsonObject | string {
  if (!isBase64Url(segment)) return notBase64;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(segment, 'base64url'));
    // Envoy's parser makes an object without members of null.
    const value: unknown = JSON.parse(text) ?? {};
    return isJsonObject(value) && !repeatsNames(text) ? value : notJson;
  } catch {
    return notJson;
  }
}

/** Blanks count as nothing, and padding may stand at the end, if it is the right one. */
function isBase64Url(segment: string): boolean {
  const solid = segment.replace(/\s/g, '');
  const plain = solid.replace(/={1,2}$/, '');
  return /^[A-Za-z0-9_-]+$/.test(plain) && plain.length % 4 !== 1 && (plain === solid || solid.length % 4 === 0);
}
