import type { JsonObject } from '../../src/model/json';
import { objectAt, textOf } from '../../src/model/json-fields';

/** What the operator's admission webhook says to an update of a ServiceBinding that has credentials already; `undefined` means admitted. */
export function bindingUpdateRefusal(before: JsonObject, after: JsonObject): string | undefined {
  const fixed = (body: JsonObject) => {
    const { credentialsRotationPolicy: _policy, secretTemplate: _template, ...rest } = objectAt(body, 'spec');
    return JSON.stringify(rest);
  };
  return fixed(before) === fixed(after) ? undefined : 'updating service bindings is not supported';
}

/** True when the API server would take the second manifest as an update of the first, and not as another object. */
export function sameObject(before: JsonObject, after: JsonObject): boolean {
  const id = (body: JsonObject) =>
    [body['kind'], objectAt(body, 'metadata')['namespace'], objectAt(body, 'metadata')['name']].map(textOf).join('/');
  return id(before) === id(after);
}
