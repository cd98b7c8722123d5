import { isSameJson } from '../../model/same-json';
import type { JsonValue } from '../../model/json';
import { toPlainJson } from '../../model/plain-json';
import type { OldApiRule } from '../old-api-rule';

/** Parts of an old APIRule that decide what it does. */
function partsOf({ host, gateway, service, timeoutSeconds, corsPolicy, rules }: OldApiRule): Readonly<Record<string, JsonValue>> {
  return {
    host,
    gateway,
    service: toPlainJson(service),
    timeout: timeoutSeconds ?? null,
    corsPolicy: toPlainJson(corsPolicy),
    rules: rules.map(({ path, methods, accessStrategies, mutators, service: own, timeoutSeconds: timeout }) =>
      toPlainJson({ path, methods, accessStrategies, mutators, service: own, timeout }),
    ),
  };
}

/** Names of the parts in which two old APIRules differ, whatever version they are written in. */
export function differingParts(a: OldApiRule, b: OldApiRule): readonly string[] {
  const [left, right] = [partsOf(a), partsOf(b)];
  return Object.keys(left).filter((name) => !isSameJson(left[name], right[name]));
}
