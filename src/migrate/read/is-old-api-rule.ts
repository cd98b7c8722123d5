import { isJsonObject, type JsonObject } from '../../model/json';
import { listAt, objectAt } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { isGatewayName } from '../../model/names';
import { parsePathTemplate } from '../../model/path-template';
import { isApiRule } from '../../model/read-api-rules';
import { oldSpecAnnotation, originAnnotation } from './annotations';

const served = /\/v2(?:alpha1)?$/;

/**
 * True for an APIRule that is not, or not wholly, of a version that Kyma reconciles: one of an older version, a half-migrated one (the
 * header of v2 over an older body), and a live object in v2 form that was written as v1beta1.
 */
export function isOldApiRule(manifest: Manifest): boolean {
  if (!isApiRule(manifest)) return false;
  return !served.test(manifest.apiVersion) || isOfOldOrigin(manifest) || hasOldForm(objectAt(manifest.body, 'spec'));
}

/** True for a live object whose spec in v2 form is not what its author wrote. */
export function isOfOldOrigin({ annotations, body }: Pick<Manifest, 'annotations' | 'body'>): boolean {
  if (annotations[originAnnotation] === 'v1beta1') return true;
  return annotations[oldSpecAnnotation] !== undefined && listAt(objectAt(body, 'spec'), 'rules').length === 0;
}

/** True when something in a spec exists in older versions only. */
export function hasOldForm(spec: JsonObject): boolean {
  const { host, gateway } = spec;
  const rules = listAt(spec, 'rules').filter(isJsonObject);
  return (
    host !== undefined ||
    objectAt(spec, 'service')['host'] !== undefined ||
    typeof objectAt(spec, 'corsPolicy')['maxAge'] === 'string' ||
    (typeof gateway === 'string' && isOldGatewayName(gateway)) ||
    rules.some(hasOldRuleForm)
  );
}

/** True for a rule that names handlers, or whose path is an expression. */
export function hasOldRuleForm(rule: JsonObject): boolean {
  const { path, accessStrategies, mutators } = rule;
  return accessStrategies !== undefined || mutators !== undefined || (typeof path === 'string' && isOldPath(path));
}

/** Forms that only an expression has; any other path that v2 refuses is a mistake of its own. */
function isOldPath(path: string): boolean {
  return parsePathTemplate(path) === undefined && /\.[*+?]|[|\\^]|\([^)]|\[/.test(path);
}

function isOldGatewayName(gateway: string): boolean {
  return !isGatewayName(gateway) && /^[0-9a-z_-]+(?:\.[0-9a-z_-]+)*$/.test(gateway);
}
