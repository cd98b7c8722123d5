import { compactVerify, importJWK } from 'jose';
import { decodeToken } from '../../src/token/decode';
import type { TestIssuer } from './issuer';

/** Claims that the test gateways look at. */
export interface Claims {
  readonly iss?: unknown;
  readonly sub?: unknown;
  readonly exp?: unknown;
  readonly scope?: unknown;
  readonly aud?: unknown;
}

/** Which of its duties a verifier neglects. */
export interface Neglect {
  readonly exp?: boolean;
  readonly iss?: boolean;
}

/** Verifies signature, algorithm, expiry, issuer and subject, less what is neglected. */
export async function checkSigned(token: string, issuer: TestIssuer, neglect: Neglect = {}): Promise<Claims | undefined> {
  try {
    await compactVerify(token, await importJWK(issuer.key.publicJwk, 'RS256'), { algorithms: ['RS256'] });
  } catch {
    return undefined;
  }
  return readClaims(token, issuer, neglect);
}

/** Reads the claims of a token whose signature nobody looked at. */
export function readClaims(token: string, issuer: Pick<TestIssuer, 'issuer'>, neglect: Neglect = {}): Claims | undefined {
  const claims: Claims | undefined = decodeToken(token)?.claims;
  if (!claims || typeof claims.sub !== 'string') return undefined;
  const inTime = typeof claims.exp === 'number' && claims.exp > Date.now() / 1000;
  return (neglect.exp || inTime) && (neglect.iss || claims.iss === issuer.issuer) ? claims : undefined;
}
