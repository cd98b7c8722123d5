import type { Rule } from '../../rule';
import { schemaCheck } from '../../schema/check-schema';
import { bundledSchemas, type CrdSchemas } from '../../schema/crd-schemas';
import { apiRuleDeadVersion } from './api-rule-dead-version';
import { manifestPlaceholder } from './manifest-placeholder';
import { schemaCel } from './schema-cel';
import { schemaKindUnknown } from './schema-kind-unknown';
import { schemaNull } from './schema-null';
import { schemaRequired } from './schema-required';
import { schemaRule } from './schema-rule';
import { schemaType } from './schema-type';
import { schemaUnknownField } from './schema-unknown-field';
import { schemaValue } from './schema-value';
import { schemaVersionUnknown } from './schema-version-unknown';

/**
 * What the API server would say. The dead version comes first: where it speaks, nothing else does.
 * @param schemas definitions of kinds; the bundled ones when absent
 */
export function schemaRules(schemas: CrdSchemas = bundledSchemas()): readonly Rule[] {
  const check = schemaCheck(schemas);
  const fromPass = [manifestPlaceholder, schemaUnknownField, schemaRequired, schemaType, schemaValue, schemaCel, schemaNull];
  return [schemaKindUnknown(check), apiRuleDeadVersion, schemaVersionUnknown(check), ...fromPass.map((facts) => schemaRule(facts, check))];
}
