import type { Authentication } from '../model/api-rule';
import type { TokenPlace } from './probe';

/** A token as it travels. */
export interface PlacedToken {
  readonly headers: readonly (readonly [string, string])[];
  /** Encoded, without the question mark. */
  readonly query: string;
  /** Form in the body. @default - none */
  readonly form?: string;
}

/** Where the rule reads the token: its first header or parameter, else `Authorization: Bearer`. @see RFC 6750 section 2 */
export function placeToken(token: string, trust: Authentication | undefined): PlacedToken {
  const header = trust?.fromHeaders?.[0];
  const parameter = trust?.fromParams?.[0];
  if (header) return placeAt(token, { header: header.name, prefix: header.prefix ?? '' });
  if (parameter !== undefined) return placeAt(token, { parameter });
  return placeAt(token, { header: 'Authorization', prefix: 'Bearer ' });
}

/** Puts a token where an attack wants it. */
export function placeAt(token: string, place: TokenPlace): PlacedToken {
  if ('header' in place) return { headers: [[place.header, `${place.prefix ?? ''}${token}`]], query: '' };
  if ('cookie' in place) return { headers: [['Cookie', `${place.cookie}=${token}`]], query: '' };
  if ('parameter' in place) return { headers: [], query: `${encodeURIComponent(place.parameter)}=${encodeURIComponent(token)}` };
  return { headers: [], query: '', form: `${encodeURIComponent(place.field)}=${encodeURIComponent(token)}` };
}
