import type { Rule } from '../../rule';
import type { CrdSchemas } from '../../schema/crd-schemas';

/** What the API server would say. */
export function schemaRules(_schemas?: CrdSchemas): readonly Rule[] {
  return [];
}
