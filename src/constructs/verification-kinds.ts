import { syncWave } from './object-metadata';
import type { VerificationKind } from './verification-props';

/** What distinguishes one kind of verification from another. */
export interface VerificationStart {
  /** Annotations of the Job. */
  readonly annotations: Readonly<Record<string, string>>;
  /** True when the name follows the content. A Job cannot be changed, so a changed one needs another name. */
  readonly isNamedByContent: boolean;
  /** Seconds that a finished Job stays. @default - for good */
  readonly keepSeconds?: number;
}

/** The kinds as data. */
export const verificationStarts: Readonly<Record<VerificationKind, VerificationStart>> = {
  job: { annotations: syncWave('verification'), isNamedByContent: false, keepSeconds: 86_400 },
  argocd: {
    /** @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/ */
    annotations: { 'argocd.argoproj.io/hook': 'PostSync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' },
    isNamedByContent: false,
  },
  flux: { annotations: {}, isNamedByContent: true },
  helm: {
    /** @see https://helm.sh/docs/topics/chart_tests/ */
    annotations: { 'helm.sh/hook': 'test', 'helm.sh/hook-delete-policy': 'before-hook-creation' },
    isNamedByContent: false,
  },
  cronjob: { annotations: syncWave('verification'), isNamedByContent: false },
};
