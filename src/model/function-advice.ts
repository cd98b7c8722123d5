import { dependencyRangeAdvice } from './dependency-ranges';
import type { JsonObject } from './json';
import { objectAt, objectsAt, textOf } from './json-fields';
import type { Problem } from './problem';

/** Finds what works in a Function today and is still worth a word. Constructs do not throw on it; `validate` reports it. */
export function functionAdvice(body: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  return [
    ...scheduleAdvice(spec),
    ...ignoredAdvice(spec),
    ...lostAnnotationAdvice(objectAt(spec, 'annotations')),
    ...platformEnvironmentAdvice(spec),
    ...replicaAdvice(spec),
    ...fipsAdvice(spec),
    ...dependencyRangeAdvice(spec),
  ];
}

/** What Kyma announced, by runtime. @see Kyma documentation, available runtimes */
const schedule: Readonly<Record<string, Pick<Problem, 'message' | 'severity'>>> = {
  nodejs20: { message: 'nodejs20 is deprecated since February 2026 and was to end in April 2026', severity: 'low' },
  nodejs22: { message: 'nodejs22 is deprecated from July 2026 on and ends in November 2026' },
  python312: { message: 'python312 is deprecated from September 2026 on and ends in March 2027' },
};

function scheduleAdvice({ runtime }: JsonObject): Problem[] {
  const known = Object.hasOwn(schedule, textOf(runtime)) ? schedule[textOf(runtime)] : undefined;
  return known === undefined ? [] : [{ id: 'function-runtime-schedule', path: ['spec', 'runtime'], ...known }];
}

function ignoredAdvice(spec: JsonObject): Problem[] {
  const fields = [
    { path: ['spec', 'scaleConfig'], value: spec['scaleConfig'], fix: 'give replicas, or let an autoscaler set them' },
    { path: ['spec', 'resourceConfiguration', 'build'], value: objectAt(spec, 'resourceConfiguration')['build'], fix: 'remove it' },
  ];
  return fields
    .filter(({ value }) => value !== undefined && value !== null)
    .map(({ path, fix }) => ({ id: 'function-ignored-field', path, message: 'is deprecated and ignored by the controller', fix }));
}

/** Annotations that the controller sets on every Pod, over those of the user. */
const fixedAnnotations = [
  'sidecar.istio.io/nativeSidecar',
  'rt-cfg.kyma-project.io/alter-img-registry',
  'rt-cfg.kyma-project.io/add-img-pull-secret',
];

function lostAnnotationAdvice(annotations: JsonObject): Problem[] {
  return fixedAnnotations
    .filter((key) => annotations[key] !== undefined && annotations[key] !== 'true')
    .map((key) => ({
      id: 'function-ignored-field',
      path: ['spec', 'annotations', key],
      message: 'is set to "true" by the controller, whatever stands here',
      fix: 'remove it',
    }));
}

const platformNames = ['SERVICE_NAMESPACE', 'FUNC_NAME', 'TRACE_COLLECTOR_ENDPOINT', 'PUBLISHER_PROXY_ADDRESS'];

function platformEnvironmentAdvice(spec: JsonObject): Problem[] {
  return objectsAt(spec, 'env')
    .filter(([{ name }]) => platformNames.includes(textOf(name)))
    .map(([{ name }, index]) => ({
      id: 'function-env-platform',
      path: ['spec', 'env', index, 'name'],
      message: `${textOf(name)} replaces the value of the platform, on which the runtime relies`,
    }));
}

function replicaAdvice({ replicas }: JsonObject): Problem[] {
  const message = 'is 0, so the Function has no Pod and every request to it fails';
  return replicas === 0 ? [{ id: 'function-replicas-zero', path: ['spec', 'replicas'], message }] : [];
}

/** The controller refuses these when the Serverless module runs in FIPS mode. */
function fipsAdvice(spec: JsonObject): Problem[] {
  const runtime = textOf(spec['runtime']);
  const url = textOf(objectAt(objectAt(spec, 'source'), 'gitRepository')['url']);
  const id = 'function-fips';
  const problems: Problem[] = [];
  if (runtime === 'python312' || runtime === 'nodejs20')
    problems.push({ id, path: ['spec', 'runtime'], message: `${runtime} is refused where the Serverless module runs in FIPS mode` });
  if (/^(?:ssh:|git@)/.test(url)) {
    const message = 'is an SSH address, which is refused where the Serverless module runs in FIPS mode';
    problems.push({ id, path: ['spec', 'source', 'gitRepository', 'url'], message });
  }
  return problems;
}
