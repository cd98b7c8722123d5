import { certificateProblems } from './certificate-checks';
import { goDurationSeconds } from './go-duration';
import type { JsonObject, JsonPath } from './json';
import { objectAt, textOf } from './json-fields';
import { isDnsLabel, isObjectName } from './names';
import type { Problem } from './problem';

/** Finds what is wrong with a ServiceBinding: names that its Secret cannot have as a volume, and credentials that run out before they rotate. */
export function serviceBindingProblems(body: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  const { name } = objectAt(body, 'metadata');
  return [
    ...mountNameProblems(textOf(name), ['metadata', 'name']),
    ...mountNameProblems(textOf(spec['secretName'] ?? name), ['spec', 'secretName']),
    ...externalNameProblems(body),
    ...rotationProblems(objectAt(spec, 'credentialsRotationPolicy')),
    ...rotatedProblems(body),
    ...(isRotatedBinding(body) ? [] : certificateProblems(spec)),
  ];
}

function mountNameProblems(name: string, path: JsonPath): Problem[] {
  if (isDnsLabel(name)) return [];
  const message = `"${name}" could not be mounted into a Function, whose volumes are called like their Secrets; give a-z, 0-9 and "-", at most 63 characters`;
  return [{ id: 'binding-name', path, message, severity: isObjectName(name) ? 'medium' : 'high' }];
}

/** The webhook of the operator completes the name before the API server measures it. */
function externalNameProblems(body: JsonObject): Problem[] {
  const { externalName } = objectAt(body, 'spec');
  const name = textOf(externalName ?? objectAt(body, 'metadata')['name']);
  if (name.length <= 100) return [];
  const given = externalName !== undefined;
  const message = `has ${name.length} characters; the name of a binding at the service has at most 100`;
  const fix = given ? 'shorten it' : 'give a shorter spec.externalName';
  return [{ id: 'binding-external-name', path: given ? ['spec', 'externalName'] : ['metadata', 'name'], message, fix }];
}

function rotationProblems(policy: JsonObject): Problem[] {
  return ['rotationFrequency', 'rotatedBindingTTL'].flatMap((field): Problem[] => {
    const value = policy[field];
    if (value === undefined || (goDurationSeconds(textOf(value)) ?? 0) > 0) return [];
    const message = `"${textOf(value)}" is no duration above zero; give hours, minutes or seconds, as in 72h`;
    return [{ id: 'binding-rotation', path: ['spec', 'credentialsRotationPolicy', field], message }];
  });
}

/** Marks of a binding that the operator keeps only until its credentials end. */
const rotatedLabels = ['services.cloud.sap.com/stale', 'services.cloud.sap.com/rotationOf'];

function rotatedProblems(body: JsonObject): Problem[] {
  if (!isRotatedBinding(body) || objectAt(objectAt(body, 'spec'), 'credentialsRotationPolicy')['enabled'] !== true) return [];
  const path = ['spec', 'credentialsRotationPolicy', 'enabled'];
  const message = 'is true on a binding that was rotated out; the operator admits that on the current binding only';
  return [{ id: 'binding-rotated', path, message, says: 'enabling cred rotation for rotated binding is not allowed' }];
}

/** True for the old binding of a rotation, which the operator made and removes. */
export function isRotatedBinding(body: JsonObject): boolean {
  const labels = objectAt(objectAt(body, 'metadata'), 'labels');
  return rotatedLabels.some((label) => labels[label] !== undefined);
}
