import { isRotatedBinding } from './binding-checks';
import type { JsonObject } from './json';
import { objectAt, textOf } from './json-fields';
import type { Problem } from './problem';
import { userInfoAdvice } from './user-info';

/** Finds what works in a ServiceBinding today and is still worth a word. Constructs do not throw on it; `validate` reports it. */
export function bindingAdvice(body: JsonObject): Problem[] {
  return [...rotationAdvice(body), ...userInfoAdvice(body, 'binding-user-info')];
}

/** A certificate without rotation runs out, which is told as a problem of its own. */
const generated = new Set(['x509', 'X509_GENERATED']);

function rotationAdvice(body: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  const policy = objectAt(spec, 'credentialsRotationPolicy');
  if (policy['enabled'] === true || isRotatedBinding(body)) return [];
  if (generated.has(textOf(objectAt(spec, 'parameters')['credential-type']))) return [];
  const message = 'is off, so a credential that leaks once works until somebody replaces the binding';
  const path = spec['credentialsRotationPolicy'] === undefined ? ['spec'] : ['spec', 'credentialsRotationPolicy'];
  return [
    { id: 'binding-rotation-off', path, message: path.length === 1 ? `has no credentialsRotationPolicy: rotation ${message}` : message },
  ];
}
