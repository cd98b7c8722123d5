import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Secret } from './secret';

/** What one sign-in is tied to: only who began it can end it. */
export interface SignInTicket {
  /** @see RFC 7636 section 4.1 */
  readonly verifier: Secret;
  /** Hash of the verifier, `S256`. */
  readonly challenge: string;
  /** Comes back with the answer. @see RFC 6749 section 10.12 */
  readonly state: string;
}

/** Makes a ticket with 256 random bits for each part. */
export function newTicket(): SignInTicket {
  const verifier = randomBytes(32).toString('base64url');
  return {
    verifier: new Secret(verifier),
    challenge: createHash('sha256').update(verifier).digest('base64url'),
    state: randomBytes(32).toString('base64url'),
  };
}

/** Compares without telling by its time how much is equal. */
export function isSameText(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
