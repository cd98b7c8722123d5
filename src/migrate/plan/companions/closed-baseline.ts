import type { JsonObject } from '../../../model/json';
import { allowPolicy, type SelectableWorkload } from './policy-object';

/** Keeps a workload closed while policies come and go: the controller creates routes before it creates policies. */
export function closedBaseline(workload: SelectableWorkload): JsonObject {
  return allowPolicy(`${workload.name}-closed`, workload);
}
