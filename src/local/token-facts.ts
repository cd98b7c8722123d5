import type { TokenFact } from '../model/access';
import { isJsonObject, type JsonObject } from '../model/json';
import { checkSignature } from '../token/check-signature';

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
  nbf: 'Jwt payload [nbf] field is not an integer',
  exp: 'Jwt payload [exp] field is not an integer',
  signatureBase64: 'Jwt signature is an invalid Base64url encoded',
  issuer: 'Jwt issuer is not configured',
  early: 'Jwt not yet valid',
  expired: 'Jwt is expired',
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
  const { header, claims, kid } = read;
  const issuer = typeof claims['iss'] === 'string' ? claims['iss'] : '';
  const refused = (problem: string): TokenFact => ({ issuer, claims, problem });
  const keys = await keysOf(issuer, kid);
  if (!keys) return refused(tokenProblems.issuer);
  const late = timeProblem(claims, now);
  if (late !== undefined) return refused(late);
  const fault = await checkSignature(token, { header }, { keys, problems: [], text: '' });
  return fault === undefined ? { issuer, claims } : refused(tokenProblems.signature);
}

function timeProblem({ nbf, exp }: JsonObject, now: number): string | undefined {
  if (typeof nbf === 'number' && nbf > now + leewaySeconds) return tokenProblems.early;
  return typeof exp === 'number' && exp > 0 && exp < now - leewaySeconds ? tokenProblems.expired : undefined;
}

interface ReadToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly kid?: string;
}

/** Takes a token apart, or tells the first thing wrong with its form. */
function readToken(token: string): ReadToken | string {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  if (head === '' || body === '' || signature === '' || more.length > 0) return tokenProblems.form;
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
  return { header, claims, ...(kid !== undefined && { kid }) };
}

function claimProblem({ iss, sub, nbf, exp }: JsonObject): string | undefined {
  if (iss !== undefined && typeof iss !== 'string') return tokenProblems.iss;
  if (sub !== undefined && typeof sub !== 'string') return tokenProblems.sub;
  if (nbf !== undefined && typeof nbf !== 'number') return tokenProblems.nbf;
  return exp !== undefined && typeof exp !== 'number' ? tokenProblems.exp : undefined;
}

function objectOf(segment: string, notBase64: string, notJson: string): JsonObject | string {
  if (!isBase64Url(segment)) return notBase64;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(segment, 'base64url')));
    return isJsonObject(value) ? value : notJson;
  } catch {
    return notJson;
  }
}

function isBase64Url(segment: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(segment) && segment.length % 4 !== 1;
}
