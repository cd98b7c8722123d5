import type { JsonObject } from './json';
import { objectAt, textOf } from './json-fields';
import { isLabelValue, isMetadataKey } from './metadata-names';
import type { Problem } from './problem';

/** Puts a Pod into the service mesh. It works on Pods only, so on a Function it belongs under `spec.labels`. */
export const meshLabel = 'sidecar.istio.io/inject';

const platformPrefix = 'serverless.kyma-project.io/';
const refusedKey = 'is set by the platform and refused by the API server';
const keyForm = 'is no key of metadata; give a name of at most 63 characters, perhaps with a DNS name and "/" in front';
/** Bytes of all keys and values together. @see `TotalAnnotationSizeLimitB` of k8s.io/apimachinery */
const annotationBytes = 262_144;

/** Finds labels and annotations of a Function that are refused, or that never reach its Pods. */
export function functionMetadataProblems(body: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  return [
    ...Object.entries(objectAt(spec, 'labels')).flatMap(([key, value]) => labelProblem(key, textOf(value))),
    ...annotationProblems(objectAt(spec, 'annotations')),
    ...['labels', 'annotations'].flatMap((field) => meshProblems(body, field)),
    ...templateProblems(spec),
  ];
}

function labelProblem(key: string, value: string): Problem[] {
  const path = ['spec', 'labels', key];
  const message = labelRefusal(key, value);
  if (message !== undefined) return [{ id: 'function-label', path, message }];
  return key === meshLabel && value !== 'true'
    ? [{ id: 'function-mesh-label', path, message: 'takes the Pods out of the mesh; APIRules need it to be "true"' }]
    : [];
}

function labelRefusal(key: string, value: string): string | undefined {
  if (key.startsWith(platformPrefix)) return refusedKey;
  if (key.length > 63) return `has ${key.length} characters with its prefix; the API server admits 63`;
  if (!isMetadataKey(key)) return keyForm;
  return isLabelValue(value) ? undefined : `"${value}" is no label value`;
}

function annotationProblems(annotations: JsonObject): Problem[] {
  const id = 'function-annotation';
  const problems = Object.keys(annotations).flatMap((key): Problem[] => {
    const path = ['spec', 'annotations', key];
    if (key.startsWith(platformPrefix) || key === 'proxy.istio.io/config') return [{ id, path, message: refusedKey }];
    return isMetadataKey(key.toLowerCase()) ? [] : [{ id, path, message: keyForm }];
  });
  const bytes = Object.entries(annotations).reduce((sum, [key, value]) => sum + Buffer.byteLength(key + textOf(value)), 0);
  if (bytes <= annotationBytes) return problems;
  return [...problems, { id, path: ['spec', 'annotations'], message: `have ${bytes} bytes; an object admits ${annotationBytes}` }];
}

function meshProblems(body: JsonObject, field: string): Problem[] {
  if (objectAt(objectAt(body, 'metadata'), field)[meshLabel] === undefined) return [];
  const message = 'has no effect here, because nothing of a Function’s own metadata reaches its Pods';
  const inMesh = objectAt(objectAt(body, 'spec'), 'labels')[meshLabel] === 'true';
  const problem: Problem = { id: 'function-mesh-label', path: ['metadata', field, meshLabel], message, fix: 'put it under spec.labels' };
  return [inMesh ? { ...problem, severity: 'low', fix: 'remove it; it stands under spec.labels already' } : problem];
}

function templateProblems(spec: JsonObject): Problem[] {
  if (Object.keys(objectAt(spec, 'template')).length === 0) return [];
  const message = 'is refused by the API server';
  return [{ id: 'function-template', path: ['spec', 'template'], message, fix: 'use spec.labels and spec.annotations' }];
}
