import { goDurationSeconds } from './go-duration';
import type { JsonObject, JsonPath, JsonValue } from './json';
import { objectAt, textOf } from './json-fields';
import type { Problem } from './problem';

const day = 86_400;
/** What the operator and XSUAA take when a binding does not say. */
const defaults = { every: '72h', keep: '48h', validityDays: 7 };

/** Finds what XSUAA and Identity refuse in the certificate that a binding asks for, and certificates that end before they are replaced. */
export function certificateProblems(spec: JsonObject): Problem[] {
  const parameters = objectAt(spec, 'parameters');
  const type = parameters['credential-type'];
  if (type === 'X509_GENERATED') return identityProblems(spec, parameters);
  return type === 'x509' ? xsuaaProblems(spec, objectAt(parameters, 'x509')) : [];
}

function xsuaaProblems(spec: JsonObject, x509: JsonObject): Problem[] {
  if (x509['certificate'] !== undefined) return [];
  const path = ['spec', 'parameters', 'x509'];
  const problems = keyLengthProblems(x509['key-length'], [2048, 4096, 8192], path);
  const type = x509['validity-type'];
  if (type !== undefined && type !== 'DAYS') {
    problems.push({ id: 'binding-x509', path: [...path, 'validity-type'], message: `"${textOf(type)}" is unknown; give DAYS` });
  }
  return [...problems, ...validityProblems(spec, x509['validity'] ?? defaults.validityDays, path)];
}

/** Identity keeps the members beside the type, and knows no default that would be written anywhere. */
function identityProblems(spec: JsonObject, parameters: JsonObject): Problem[] {
  const path = ['spec', 'parameters'];
  const problems = keyLengthProblems(parameters['key-length'], [2048, 4096], path);
  const identifier = textOf(parameters['app-identifier']);
  if (identifier.length > 20) {
    const message = `has ${identifier.length} characters; give at most 20`;
    problems.push({ id: 'binding-x509', path: [...path, 'app-identifier'], message });
  }
  const inDays = (parameters['validity-type'] ?? 'DAYS') === 'DAYS' && parameters['validity'] !== undefined;
  return inDays ? [...problems, ...validityProblems(spec, parameters['validity'], path)] : problems;
}

function validityProblems(spec: JsonObject, days: JsonValue | undefined, path: JsonPath): Problem[] {
  if (typeof days !== 'number' || !Number.isInteger(days) || days < 1 || days > 30) {
    return [{ id: 'binding-x509', path: [...path, 'validity'], message: `is ${textOf(days)}; give whole days from 1 to 30` }];
  }
  return expiryProblems(objectAt(spec, 'credentialsRotationPolicy'), days);
}

function keyLengthProblems(length: JsonValue | undefined, admitted: readonly number[], path: JsonPath): Problem[] {
  if (length === undefined || admitted.some((known) => known === length)) return [];
  const given = `${admitted.slice(0, -1).join(', ')} or ${admitted.at(-1) ?? ''}`;
  return [{ id: 'binding-x509', path: [...path, 'key-length'], message: `is ${textOf(length)}; give ${given}` }];
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
