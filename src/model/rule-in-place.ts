import type { ApiRule, Rule } from './api-rule';
import type { Destination } from './istio';

/** A rule with what the controller looks up for it. */
export interface RuleInPlace {
  readonly apiRule: ApiRule;
  readonly rule: Rule;
  readonly index: number;
  readonly hosts: readonly string[];
  readonly destination: Destination;
  /** Copy of the Service's selector. */
  readonly selector: Readonly<Record<string, string>>;
}
