import type { JsonPath } from './json';

const secretNames = /secret|passw|passphrase|pwd|token|key|credential|cookie|^stringData$|^(?:proxy-)?authorization$/i;

/** What kubectl writes here holds the whole object once more. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * True when what stands at the end of a path may hold a secret: Secrets, values of environment variables, source of functions, and whatever
 * is named like one.
 *
 * @param kind Kind of the object that holds the last step as a member of its own, if it is an object of a cluster.
 * @param within Kind of the object that the path is in. @default - `kind`
 */
export function isSecretStep(path: JsonPath, kind: string | undefined, within = kind): boolean {
  const step = path.at(-1);
  if (typeof step !== 'string') return false;
  if (secretNames.test(step) || step === lastApplied) return true;
  if (step === 'data') return kind === 'Secret';
  if (step === 'parameters') return within === 'ServiceBinding' && path.at(-2) === 'spec';
  if (step === 'inline') return path.at(-2) === 'source';
  // Beside a name stands the value, also under a misspelt key.
  return path.at(-3) === 'env' && step !== 'name' && step !== 'valueFrom';
}

/** True when a path of an object leads to or below a place that may hold a secret. */
export function mayHoldSecret(kind: string, path: JsonPath): boolean {
  return path.some((_, index) => isSecretStep(path.slice(0, index + 1), index === 0 ? kind : undefined, kind));
}
