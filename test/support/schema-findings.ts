import type { CheckResult } from '../../src/model/check-result';
import type { JsonObject, JsonValue } from '../../src/model/json';
import type { ValidateOptions } from '../../src/validate/validate';
import { validateText } from './validate';

/** What the schema layer says of objects, each as `rule place`; no findings give an empty list. */
export async function schemaFindings(body: JsonObject | string, options: ValidateOptions = {}): Promise<string[]> {
  return (await schemaResults(body, options)).map(({ id, status, where }) => {
    const mark = status === 'fail' || status === 'warn' ? '' : `${status} `;
    return `${mark}${id} ${where.path ?? ''}`.trim();
  });
}

/** The messages of the schema layer. */
export async function schemaMessages(body: JsonObject | string, options: ValidateOptions = {}): Promise<string[]> {
  return (await schemaResults(body, options)).map(({ message }) => message);
}

/** The results of the schema layer. */
export async function schemaResults(body: JsonObject | string, options: ValidateOptions = {}): Promise<readonly CheckResult[]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const results = await validateText(text, { select: ['schema'], ...options });
  return results.filter(({ id }) => id !== 'kind-not-checked');
}

/** An APIRule v2 that every schema rule admits. */
export function soundApiRule(): JsonObject {
  return object('gateway.kyma-project.io/v2', 'APIRule', {
    hosts: ['orders.example.com'],
    gateway: 'kyma-system/kyma-gateway',
    service: { name: 'orders', port: 8080 },
    rules: [{ path: '/*', methods: ['GET'], noAuth: true }],
  });
}

/** A Function that every schema rule admits. */
export function soundFunction(): JsonObject {
  return object('serverless.kyma-project.io/v1alpha2', 'Function', { runtime: 'nodejs22', source: { inline: { source: 'x' } } });
}

/** An object of the namespace `shop`. */
export function object(apiVersion: string, kind: string, spec: JsonValue): JsonObject {
  return { apiVersion, kind, metadata: { name: 'orders', namespace: 'shop' }, spec };
}

/** A copy of an object with the value at a place, as `spec.rules.0.path`, replaced; `undefined` removes it. */
export function withValue(body: JsonObject, place: string, value: JsonValue | undefined): JsonObject {
  const copy = structuredClone(body);
  const steps = place.split('.');
  const last = steps.pop() ?? '';
  const parent = steps.reduce<JsonObject>((current, step) => {
    current[step] ??= {};
    return current[step] as JsonObject;
  }, copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}
