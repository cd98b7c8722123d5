import { atLeast, type Severity } from '../../model/check-result';

/** A failure from the threshold on; without one, never. */
export function statusFor(severity: Severity, failOn: Severity | undefined): 'fail' | 'warn' {
  return failOn !== undefined && atLeast(severity, failOn) ? 'fail' : 'warn';
}
