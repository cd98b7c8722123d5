import { compactVerify } from 'jose';
import { decodeToken } from '../../src/token/decode';
import type { TestIssuer } from './issuer';

/** Claims that the test gateways look at. */
export interface Claims {
  readonly iss?: unknown;
  readonly sub?: unknown;
  readonly exp?: unknown;
  readonly nbf?: unknown;
  readonly scope?: unknown;
  readonly aud?: unknown;
}

/** Which of its duties a verifier neglects. */
export interface Neglect {
  readonly exp?: boolean;
  readonly iss?: boolean;
  readonly nbf?: boolean;
  /** `exp` may be missing, or 0. */
  readonly end?: boolean;
  /** What kind of token it is, by its header and by claims that no access token has. */
  readonly typ?: boolean;
}

/** Verifies signature, algorithm, expiry, issuer and subject, less what is neglected. */
export async function checkSigned(token: string, issuer: TestIssuer, neglect: Neglect = {}): Promise<Claims | undefined> {
  if (!token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)) return undefined;
  try {
    const { protectedHeader } = await compactVerify(token, issuer.key.publicJwk, { algorithms: ['RS256'] });
    if (!neglect.typ && protectedHeader.typ !== 'JWT') return undefined;
  } catch {
    return undefined;
  }
  const isOther = ['nonce', 'events', 'token_use'].some((claim) => decodeToken(token)?.claims[claim] !== undefined);
  return isOther && !neglect.typ ? undefined : readClaims(token, issuer, neglect);
}

/** Reads the claims of a token whose signature nobody looked at. */
export function readClaims(token: string, issuer: Pick<TestIssuer, 'issuer'>, neglect: Neglect = {}): Claims | undefined {
  return claimsHold(decodeToken(token)?.claims, issuer, neglect);
}

/** Claims that are in time and of the issuer. */
export function claimsHold(claims: Claims | undefined, issuer: Pick<TestIssuer, 'issuer'>, neglect: Neglect = {}): Claims | undefined {
  if (!claims || typeof claims.sub !== 'string') return undefined;
  const now = Date.now() / 1000;
  const endless = neglect.end && (claims.exp === undefined || claims.exp === 0);
  const inTime = endless || (typeof claims.exp === 'number' && claims.exp > now);
  const started = neglect.nbf || claims.nbf === undefined || (typeof claims.nbf === 'number' && claims.nbf <= now);
  return (neglect.exp || inTime) && started && (neglect.iss || claims.iss === issuer.issuer) ? claims : undefined;
}
