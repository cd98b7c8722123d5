import { atLeast, type CheckResult } from './check-result';

/** Why probes were not tried that only the user can make possible: how their reasons begin. */
export const wants = {
  testKey: 'needs --signing-key with a private key of a test issuer',
  deniedClient: 'needs --deny-credentials',
} as const;

/** Why a probe was not tried that sends a good token first. */
export const noGoodToken = 'there is no good token';

/** True for the reason of a probe that was not tried for want of what the user can give. */
export function isWant(reason: string): boolean {
  return Object.values(wants).some((want) => reason.startsWith(want));
}

/** True for a probe of weight that was not tried for want of what the user can give: nothing is known of what it would have found. */
export function isForWant({ status, severity, message, suppressed }: CheckResult): boolean {
  return status === 'skip' && !suppressed && atLeast(severity, 'high') && isWant(message);
}
