import type { PlanSettings } from './plan/workload-plan';
import type { TranslateSettings } from './translate/settings';

/** What the user says about a migration. */
export interface MigrateSettings extends TranslateSettings, PlanSettings {
  /** True when there is a place for APIRules that only the dump of the cluster holds; a tree that is rewritten in place has none. */
  readonly takesLiveOnly: boolean;
}
