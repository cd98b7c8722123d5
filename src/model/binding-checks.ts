import { goDurationSeconds } from './go-duration';
import type { JsonObject, JsonPath, JsonValue } from './json';
import { objectAt, textOf } from './json-fields';
import { isDnsLabel } from './names';
import type { Problem } from './problem';

const day = 86_400;
/** What the operator and XSUAA take when a binding does not say. */
const defaults = { every: '72h', keep: '48h', validityDays: 7 };

/** Finds what is wrong with a ServiceBinding: names that its Secret cannot have as a volume, and credentials that run out before they rotate. */
export function serviceBindingProblems(body: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  const { name } = objectAt(body, 'metadata');
  return [
    ...nameProblems(textOf(name), ['metadata', 'name']),
    ...nameProblems(textOf(spec['secretName'] ?? name), ['spec', 'secretName']),
    ...rotationProblems(objectAt(spec, 'credentialsRotationPolicy')),
    ...certificateProblems(spec),
  ];
}

function nameProblems(name: string, path: JsonPath): Problem[] {
  if (isDnsLabel(name)) return [];
  const message = `"${name}" could not be mounted into a Function, whose volumes are called like their Secrets; give a-z, 0-9 and "-", at most 63 characters`;
  return [{ id: 'binding-name', path, message }];
}

function rotationProblems(policy: JsonObject): Problem[] {
  return ['rotationFrequency', 'rotatedBindingTTL'].flatMap((field): Problem[] => {
    const value = policy[field];
    if (value === undefined || (goDurationSeconds(textOf(value)) ?? 0) > 0) return [];
    const message = `"${textOf(value)}" is no duration above zero; give hours, minutes or seconds, as in 72h`;
    return [{ id: 'binding-rotation', path: ['spec', 'credentialsRotationPolicy', field], message }];
  });
}

const x509Path = ['spec', 'parameters', 'x509'];

function certificateProblems(spec: JsonObject): Problem[] {
  const parameters = objectAt(spec, 'parameters');
  const x509 = objectAt(parameters, 'x509');
  const ownCertificate = x509['certificate'] !== undefined;
  if (parameters['credential-type'] !== 'x509' || ownCertificate) return [];
  const days = x509['validity'] ?? defaults.validityDays;
  const problems = keyLengthProblems(x509['key-length']);
  if (x509['validity-type'] !== undefined && x509['validity-type'] !== 'DAYS') {
    problems.push({
      id: 'binding-x509',
      path: [...x509Path, 'validity-type'],
      message: `"${textOf(x509['validity-type'])}" is unknown; give DAYS`,
    });
  }
  if (typeof days !== 'number' || !Number.isInteger(days) || days < 1 || days > 30) {
    return [
      ...problems,
      { id: 'binding-x509', path: [...x509Path, 'validity'], message: `is ${textOf(days)}; give whole days from 1 to 30` },
    ];
  }
  return [...problems, ...expiryProblems(objectAt(spec, 'credentialsRotationPolicy'), days)];
}

function keyLengthProblems(length: JsonValue | undefined): Problem[] {
  if (length === undefined || length === 2048 || length === 4096 || length === 8192) return [];
  return [{ id: 'binding-x509', path: [...x509Path, 'key-length'], message: `is ${textOf(length)}; give 2048, 4096 or 8192` }];
}

/** A rotated certificate stays in use until its time to live ends, so it must be valid for both spans together. */
function expiryProblems(policy: JsonObject, validityDays: number): Problem[] {
  const path = ['spec', 'credentialsRotationPolicy'];
  const validity = `the certificate is valid for ${validityDays} day${validityDays === 1 ? '' : 's'}`;
  if (policy['enabled'] !== true)
    return [{ id: 'binding-expiry', path, message: `is off, and ${validity} only`, fix: 'switch rotation on' }];
  const every = textOf(policy['rotationFrequency'] ?? defaults.every);
  const keep = textOf(policy['rotatedBindingTTL'] ?? defaults.keep);
  const lifetime = (goDurationSeconds(every) ?? 0) + (goDurationSeconds(keep) ?? 0);
  if (lifetime < validityDays * day) return [];
  const message = `keeps a credential for ${every} + ${keep}, but ${validity}`;
  return [
    {
      id: 'binding-expiry',
      path,
      message,
      fix: 'rotate earlier, keep rotated bindings for a shorter time, or let certificates be valid longer',
    },
  ];
}
