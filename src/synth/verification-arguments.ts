import { verifiedRoutes } from '../config/argument-findings';
import type { Exposure } from '../config/exposures';
import type { VerificationConfig } from '../config/schema-verification';
import { withoutStrangers } from '../model/verify-arguments';

/**
 * The further arguments of a verification, as far as they speak of API rules that are written: what names one that is held would end each run.
 * @returns undefined when the verification is meant for API rules that are held, and for no other
 */
export function verificationArguments(verification: VerificationConfig, exposures: readonly Exposure[]): readonly string[] | undefined {
  return exposures.length === 0 ? undefined : withoutStrangers(verification.args ?? [], verifiedRoutes(exposures, verification));
}
