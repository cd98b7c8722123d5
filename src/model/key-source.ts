import type { JwtRule } from './istio';
import { shortDigest } from './short-digest';

/** Where the keys of an issuer come from, in words that are equal for equal sources: an address, or keys written into the object. */
export function keySourceOf({ jwksUri, jwks, issuer }: Pick<JwtRule, 'jwksUri' | 'jwks' | 'issuer'>): string {
  if (jwks !== undefined && jwks !== '') return `the object itself (jwks, digest ${shortDigest(jwks)})`;
  return jwksUri === '' ? `the discovery document of ${issuer}` : jwksUri;
}
