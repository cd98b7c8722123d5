import { isJsonObject, type JsonObject } from './json';
import { objectsAt, textOf } from './json-fields';
import type { Problem } from './problem';

/** Refused by the API server, because the runtime sets them itself. */
const reserved = new Set([
  'FUNC_RUNTIME',
  'FUNC_HANDLER',
  'FUNC_PORT',
  'FUNC_HANDLER_SOURCE',
  'FUNC_HANDLER_DEPENDENCIES',
  'MOD_NAME',
  'NODE_PATH',
  'PYTHONPATH',
]);
/** Accepted, but the platform sets them after the user's, so the user's value never arrives. */
const overwritten = new Set(['HANDLER_PATH', 'FUNCTION_PATH']);
const environmentName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** Finds environment variables of a Function that are refused, or whose value would never arrive. */
export function functionEnvironmentProblems(spec: JsonObject): Problem[] {
  const seen = new Set<string>();
  return objectsAt(spec, 'env').flatMap(([entry, index]): Problem[] => {
    const name = textOf(entry['name']);
    const path = ['spec', 'env', index];
    const problem =
      nameProblem(name) ?? (seen.has(name) ? { message: `"${name}" is given twice`, severity: 'medium' as const } : undefined);
    const source = sourceProblem(entry);
    seen.add(name);
    return [
      ...(problem === undefined ? [] : [{ id: 'function-env', path: [...path, 'name'], ...problem }]),
      ...(source === undefined ? [] : [{ id: 'function-env', path: [...path, 'valueFrom'], message: source }]),
    ];
  });
}

function nameProblem(name: string): Pick<Problem, 'message' | 'says' | 'severity'> | undefined {
  if (!isEnvironmentName(name)) {
    return {
      message: `"${name}" is no name of an environment variable`,
      says: `spec.env: ${name}. Err: a valid environment variable name …`,
    };
  }
  if (reserved.has(name)) return { message: `${name} is reserved by the runtime and refused by the API server` };
  if (!overwritten.has(name)) return undefined;
  return { message: `${name} is overwritten by the runtime, so the value would never arrive`, severity: 'medium' };
}

/** @see `IsEnvVarName` of k8s.io/apimachinery */
function isEnvironmentName(name: string): boolean {
  return environmentName.test(name) && name !== '.' && !name.startsWith('..');
}

/** What the API server says of the Deployment that the controller makes. */
function sourceProblem({ value, valueFrom }: JsonObject): string | undefined {
  if (!isJsonObject(valueFrom)) return undefined;
  const sources = Object.keys(valueFrom);
  if (sources.length !== 1) return `names ${sources.length === 0 ? 'no source' : sources.join(' and ')}; give exactly one`;
  return typeof value === 'string' && value !== '' ? 'stands beside value; a Deployment takes one of the two' : undefined;
}
