import type { KymaGuardValidationContext } from './plugin/validation-props';

export type { KymaGuardValidationContext, KymaGuardValidationProps } from './plugin/validation-props';

/**
 * Validates what `cdk8s synth` wrote, as a validation plugin of cdk8s. The rules are loaded when it is first used.
 * @see docs/validate.md, cdk8s
 */
export class KymaGuardValidation {
  /** @param properties `KymaGuardValidationProps`; checked when the plugin runs, with every mistake named */
  constructor(private readonly properties: object = {}) {}

  /**
   * Adds a violation for each finding from the threshold on and for each thing that could not be told, logs the others, and submits the report.
   * A property that is wrong, a file that cannot be read, or an output in which no rule looks at anything, is a failed report as well.
   */
  async validate(context: KymaGuardValidationContext): Promise<void> {
    const { validateOutput } = await import('./plugin/validate-output.js');
    await validateOutput(context, this.properties);
  }
}
