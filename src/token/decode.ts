import { isJsonObject, type JsonObject } from '../model/json';

/** What a token says, not what is true: nothing is verified. */
export interface DecodedToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** The segments as they stand in the token. `signature` is a part of a credential: never print it. */
  readonly segments: { readonly header: string; readonly claims: string; readonly signature: string };
}

/** Takes a compact JWS apart; undefined when it has not three segments with JSON objects in the first two. @see RFC 7515 section 7.1 */
export function decodeToken(token: string): DecodedToken | undefined {
  const segments = token.trim().split('.');
  const [header = '', claims = '', signature = ''] = segments;
  const parsedHeader = parseSegment(header);
  const parsedClaims = parseSegment(claims);
  if (segments.length !== 3 || !parsedHeader || !parsedClaims) return undefined;
  return { header: parsedHeader, claims: parsedClaims, segments: { header, claims, signature } };
}

/** Writes a JSON object as a segment of a token. */
export function encodeSegment(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function parseSegment(segment: string): JsonObject | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(segment)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
