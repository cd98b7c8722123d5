import type { JsonObject, JsonPath } from '../model/json';
import { objectAt, objectsAt, textOf } from '../model/json-fields';
import type { Manifest } from '../model/manifest';
import { namespaceOf } from '../model/object-ref';
import { verificationOf } from '../model/verification-names';
import { namesOfFunction, namesOfPods, type NamedObject } from './names-in-pods';
import { objectsOf } from './objects-of';
import type { SetInput } from './rule';

/** An object of the input that makes Pods, and what these need. */
export interface NamingObject {
  readonly manifest: Manifest;
  /** Each object once, where it is named first. */
  readonly names: readonly NamedObject[];
  /** Name of the verification of kyma-guard that it belongs to. @default - none */
  readonly verification?: string;
}

const functionKind = 'Function.serverless.kyma-project.io';

/** Kinds that make Pods, each with the place of the Pod's spec. */
const podSpecs: Readonly<Record<string, JsonPath>> = {
  'Pod.': ['spec'],
  'Deployment.apps': ['spec', 'template', 'spec'],
  'StatefulSet.apps': ['spec', 'template', 'spec'],
  'DaemonSet.apps': ['spec', 'template', 'spec'],
  'ReplicaSet.apps': ['spec', 'template', 'spec'],
  'Job.batch': ['spec', 'template', 'spec'],
  'CronJob.batch': ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/** Every object of the input that makes Pods. What a controller made of another object is left out: that other object speaks for it. */
export function namingObjects(input: SetInput): readonly NamingObject[] {
  return input.shared('naming objects', () => {
    const functions = objectsOf(input, functionKind).map((manifest) => ({ manifest, names: namesOfFunction(manifest) }));
    const pods = Object.entries(podSpecs).flatMap(([kind, at]) => objectsOf(input, kind).map((manifest) => namingPods(manifest, at)));
    return [...functions, ...pods].filter(({ manifest }) => !isControlled(manifest));
  });
}

/** Names of one kind (`namespace/name`) that something in the input needs. */
export function neededNames(input: SetInput, kind: NamedObject['kind']): ReadonlySet<string> {
  return input.shared(`needed names of ${kind}`, () => {
    const places = namingObjects(input).flatMap(({ manifest, names }) =>
      names.filter((one) => one.kind === kind).map(({ name }) => `${namespaceOf(manifest)}/${name}`),
    );
    return new Set(places);
  });
}

function namingPods(manifest: Manifest, at: JsonPath): NamingObject {
  const template = valueAt(manifest.body, at.slice(0, -1));
  const verification = verificationOf(textsOf(objectAt(objectAt(template, 'metadata'), 'labels')));
  return { manifest, names: namesOfPods(objectAt(template, 'spec'), at), ...(verification !== undefined && { verification }) };
}

function valueAt(body: JsonObject, path: JsonPath): JsonObject {
  return path.reduce<JsonObject>((parent, key) => objectAt(parent, String(key)), body);
}

function textsOf(labels: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, textOf(value)]));
}

function isControlled({ body }: Manifest): boolean {
  return objectsAt(objectAt(body, 'metadata'), 'ownerReferences').some(([owner]) => owner['controller'] === true);
}
