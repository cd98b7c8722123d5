import type { Rule } from '../rule';
import type { CrdSchemas } from '../schema/crd-schemas';
import { controllerRules } from './controller/controller-rules';
import { schemaRules } from './schema/schema-rules';
import { securityRules } from './security/security-rules';
import { setRules } from './set/set-rules';

/**
 * Every rule, in the order in which layers speak: the first that finds something at a place is the one that is told.
 * @param schemas definitions of kinds; the bundled ones when absent
 */
export function allRules(schemas?: CrdSchemas): readonly Rule[] {
  return [...schemaRules(schemas), ...controllerRules, ...securityRules, ...setRules];
}
