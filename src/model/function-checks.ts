import { functionEnvironmentProblems } from './function-environment-checks';
import { functionMetadataProblems } from './function-metadata-checks';
import { functionMountProblems } from './function-mount-checks';
import { functionResourceProblems } from './function-resource-checks';
import { functionSourceProblems } from './function-source-checks';
import type { JsonObject } from './json';
import { objectAt, textOf } from './json-fields';
import { isDnsLabel, isRfc1035Label } from './names';
import type { Problem } from './problem';

/** Runtimes that the Function CRD admits. @see Kyma Function custom resource, `spec.runtime` */
export const functionRuntimes = ['nodejs20', 'nodejs22', 'nodejs24', 'python312'] as const;
export type FunctionRuntime = (typeof functionRuntimes)[number];

/** Sizes of a Function's Pod. @see Kyma documentation, available presets */
export const functionProfiles = ['XS', 'S', 'M', 'L', 'XL'] as const;
export type FunctionProfile = (typeof functionProfiles)[number];

/** Finds what makes a Function (serverless.kyma-project.io/v1alpha2) fail at the API server, in its controller or in its Pod. */
export function functionProblems(body: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  return [
    ...nameProblems(objectAt(body, 'metadata')),
    ...runtimeProblems(spec),
    ...functionSourceProblems(spec),
    ...functionEnvironmentProblems(spec),
    ...functionMetadataProblems(body),
    ...functionMountProblems(spec),
    ...functionResourceProblems(spec),
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
