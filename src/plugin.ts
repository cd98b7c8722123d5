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
   * Adds a violation for each finding. Fails on findings from the threshold on, and when something could not be told.
   * @throws {UsageError} ERR_USAGE when a property is unknown or of another type, or names a rule that does not exist
   * @throws {FileUnreadableError} ERR_FILE_UNREADABLE when a file that a property names cannot be read
   */
  async validate(context: KymaGuardValidationContext): Promise<void> {
    const { validateOutput } = await import('./plugin/validate-output.js');
    await validateOutput(context, this.properties);
  }
}
