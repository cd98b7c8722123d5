import type { JsonObject } from './json';
import { objectAt } from './json-fields';
import type { Problem } from './problem';

/** Finds `spec.userInfo` in an object that somebody wrote. In an object of a cluster it is what the operator put there. */
export function userInfoAdvice(body: JsonObject, id: string): Problem[] {
  const { uid, resourceVersion } = objectAt(body, 'metadata');
  const isLive = body['status'] !== undefined || uid !== undefined || resourceVersion !== undefined;
  if (isLive || objectAt(body, 'spec')['userInfo'] === undefined) return [];
  const message = 'is set by the operator; what stands here is replaced when the object is made and refused when it changes';
  return [{ id, path: ['spec', 'userInfo'], message, says: 'modifying spec.userInfo is not allowed' }];
}
