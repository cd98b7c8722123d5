import type { Severity } from '../model/check-result';

/** Properties of `KymaGuardValidation`, as `cdk8s.yaml` gives them. Paths are relative to the folder where cdk8s runs. */
export interface KymaGuardValidationProps {
  /** Findings as bad as this or worse fail the synthesis. @default 'medium' */
  readonly failOn?: Severity;
  /** Only these rules, by id or layer. @default - all */
  readonly select?: readonly string[];
  /** Not these rules, by id or layer. @default - none */
  readonly ignore?: readonly string[];
  /** File with what the organisation allows. @default - everything */
  readonly policy?: string;
  /** A `kyma-guard.yaml` whose `validate.ignore` counts. @default - no configuration is read */
  readonly config?: string;
  /** Files with definitions of kinds (CRDs), beside or instead of the bundled ones. @default - the bundled ones */
  readonly crd?: readonly string[];
  /** Completes hosts of one label. @default - the wildcard host of the Gateway, if the output holds it */
  readonly domain?: string;
  /** Files or folders with further manifests of the cluster: taken into account, not reported on. @default - none */
  readonly context?: readonly string[];
  /** File or folder with earlier manifests, for what must not change. @default - none */
  readonly against?: string;
  /** Folders of the output that are a cluster each, such as `dev`. What is in none of them is one cluster. @default - one cluster */
  readonly clusters?: readonly string[];
}

/** What cdk8s hands to a plugin, as far as this one uses it. @see `ValidationContext` of cdk8s-cli/plugins */
export interface KymaGuardValidationContext {
  /** Paths of the manifests. */
  readonly manifests: readonly string[];
  /** Writes lines above the reports. */
  readonly logger: { log(message: string): void };
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly {
        readonly resourceName: string;
        readonly locations: readonly string[];
        readonly manifestPath: string;
      }[];
    }): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}
