import { atLeast, type Severity } from '../model/check-result';
import { KymaGuardError } from '../model/errors';
import { isUndecided, type VerbOutcome } from '../model/verb-outcome';

/** Exit codes, the same for all verbs. When several apply: 4 before 2 before 1 before 3 before 0. */
export const exitCodes = {
  /** Done, nothing at or above the threshold. */
  ok: 0,
  /** Something is insecure, invalid, different, or left to do by hand. */
  findings: 1,
  /** The call, the configuration or the scope is wrong; nothing was done. */
  wrongCall: 2,
  /** Could not decide: network, token endpoint, timeout. A retry may help. */
  undecided: 3,
  /** A defect of kyma-guard itself. */
  defect: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code of a finished run. */
export function exitCodeOf(outcome: VerbOutcome, threshold: Severity = 'medium'): ExitCode {
  if (outcome.results.some(({ status, severity }) => status === 'fail' && atLeast(severity, threshold))) return exitCodes.findings;
  return isUndecided(outcome) ? exitCodes.undecided : exitCodes.ok;
}

/** The exit code of a run that threw. */
export function exitCodeOfError(error: unknown): ExitCode {
  if (!(error instanceof KymaGuardError)) return exitCodes.defect;
  return error.outcome === 'wrong-call' ? exitCodes.wrongCall : exitCodes.undecided;
}
