import { functionMountProblems } from './function-mount-checks';
import { functionSourceProblems } from './function-source-checks';
import type { JsonObject } from './json';
import { objectAt, objectsAt, textOf } from './json-fields';
import { isDnsLabel, isRfc1035Label } from './names';
import type { Problem } from './problem';

/** Runtimes that the Function CRD admits. @see Kyma Function custom resource, `spec.runtime` */
export const functionRuntimes = ['nodejs20', 'nodejs22', 'nodejs24', 'python312'] as const;
export type FunctionRuntime = (typeof functionRuntimes)[number];

/** Sizes of a Function's Pod. @see Kyma documentation, available presets */
export const functionProfiles = ['XS', 'S', 'M', 'L', 'XL'] as const;
export type FunctionProfile = (typeof functionProfiles)[number];

/** Puts a Pod into the service mesh. It works on Pods only, so on a Function it belongs under `spec.labels`. */
export const meshLabel = 'sidecar.istio.io/inject';

/** Finds what makes a Function (serverless.kyma-project.io/v1alpha2) fail at the API server, in its controller or in its Pod. */
export function functionProblems(body: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  return [
    ...nameProblems(objectAt(body, 'metadata')),
    ...runtimeProblems(spec),
    ...functionSourceProblems(spec),
    ...environmentProblems(spec),
    ...labelProblems(body, spec),
    ...functionMountProblems(spec),
  ];
}

function nameProblems({ name, namespace }: JsonObject): Problem[] {
  const problems: Problem[] = [];
  if (typeof name !== 'string' || !isRfc1035Label(name)) {
    const message = `"${textOf(name)}" is no name for the Service that the Function gets; a Service name starts with a letter, has a-z, 0-9 and "-", and at most 63 characters`;
    problems.push({ id: 'function-name', path: ['metadata', 'name'], message });
  }
  if (namespace !== undefined && (typeof namespace !== 'string' || !isDnsLabel(namespace))) {
    problems.push({ id: 'function-name', path: ['metadata', 'namespace'], message: `"${textOf(namespace)}" is no namespace name` });
  }
  return problems;
}

function runtimeProblems(spec: JsonObject): Problem[] {
  const problems: Problem[] = [];
  const { runtime, replicas } = spec;
  const profile = objectAt(objectAt(spec, 'resourceConfiguration'), 'function')['profile'];
  if (!functionRuntimes.some((known) => known === runtime)) {
    problems.push({
      id: 'function-runtime',
      path: ['spec', 'runtime'],
      message: `"${textOf(runtime)}" is not served; known are ${functionRuntimes.join(', ')}`,
    });
  }
  if (replicas !== undefined && !(Number.isSafeInteger(replicas) && Number(replicas) >= 0)) {
    problems.push({ id: 'function-replicas', path: ['spec', 'replicas'], message: `is ${textOf(replicas)}; give a whole number from 0` });
  }
  if (profile !== undefined && !functionProfiles.some((known) => known === profile)) {
    const path = ['spec', 'resourceConfiguration', 'function', 'profile'];
    problems.push({ id: 'function-profile', path, message: `"${textOf(profile)}" is unknown; give one of ${functionProfiles.join(', ')}` });
  }
  return problems;
}

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

function environmentProblems(spec: JsonObject): Problem[] {
  const seen = new Set<string>();
  return objectsAt(spec, 'env').flatMap(([entry, index]): Problem[] => {
    const name = textOf(entry['name']);
    const message = environmentNameProblem(name) ?? (seen.has(name) ? `"${name}" is given twice` : undefined);
    seen.add(name);
    return message === undefined ? [] : [{ id: 'function-env', path: ['spec', 'env', index, 'name'], message }];
  });
}

function environmentNameProblem(name: string): string | undefined {
  if (!environmentName.test(name)) return `"${name}" is no name of an environment variable`;
  if (reserved.has(name)) return `${name} is reserved by the runtime and refused by the API server`;
  return overwritten.has(name) ? `${name} is overwritten by the runtime, so the value would never arrive` : undefined;
}

const platformPrefix = 'serverless.kyma-project.io/';

function labelProblems(body: JsonObject, spec: JsonObject): Problem[] {
  const problems = Object.entries(objectAt(spec, 'labels')).flatMap(([key, value]) => labelProblem(key, textOf(value)));
  for (const key of Object.keys(objectAt(spec, 'annotations'))) {
    if (!key.startsWith(platformPrefix) && key !== 'proxy.istio.io/config') continue;
    problems.push({
      id: 'function-annotation',
      path: ['spec', 'annotations', key],
      message: 'is set by the platform and refused by the API server',
    });
  }
  for (const field of ['labels', 'annotations']) {
    if (objectAt(objectAt(body, 'metadata'), field)[meshLabel] === undefined) continue;
    const message = 'has no effect here, because nothing of a Function’s own metadata reaches its Pods';
    problems.push({ id: 'function-mesh-label', path: ['metadata', field, meshLabel], message, fix: `put it under spec.labels` });
  }
  if (Object.keys(objectAt(spec, 'template')).length > 0) {
    problems.push({
      id: 'function-template',
      path: ['spec', 'template'],
      message: 'is refused by the API server',
      fix: 'use spec.labels and spec.annotations',
    });
  }
  return problems;
}

function labelProblem(key: string, value: string): Problem[] {
  const path = ['spec', 'labels', key];
  if (key.startsWith(platformPrefix))
    return [{ id: 'function-label', path, message: 'is set by the platform and refused by the API server' }];
  if (key.length > 63)
    return [{ id: 'function-label', path, message: `has ${key.length} characters with its prefix; the API server admits 63` }];
  if (!/^(?:[A-Za-z0-9](?:[-._A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$/.test(value))
    return [{ id: 'function-label', path, message: `"${value}" is no label value` }];
  return key === meshLabel && value !== 'true'
    ? [{ id: 'function-mesh-label', path, message: 'takes the Pods out of the mesh; APIRules need it to be "true"' }]
    : [];
}
