import type { JsonObject } from '../../model/json';
import { isJsonObject } from '../../model/json';
import { listAt, objectAt, textOf } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { migrationAnnotations } from '../read/annotations';
import { manualLater, quoted, type RuleNote } from './rule-notes';

/** What the API server and kubectl keep in an object; no part of what its author wrote. */
const serverMembers = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generateName',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

const droppedAnnotations = new Set([...migrationAnnotations, 'kubectl.kubernetes.io/last-applied-configuration']);

/** The finalizer of the controller itself, which it sets again. */
const ownFinalizer = 'gateway.kyma-project.io/subresources';

/** Metadata of the migrated object: what its author wrote, in the order in which it stands there. */
export function translateMetadata({ body }: Pick<Manifest, 'body'>): {
  readonly metadata: JsonObject;
  readonly notes: readonly RuleNote[];
} {
  const metadata = objectAt(body, 'metadata');
  const kept = Object.entries(metadata).flatMap(([key, value]): [string, JsonObject[string]][] => {
    if (serverMembers.includes(key) || key === 'ownerReferences' || value === null) return [];
    if (key === 'annotations' && isJsonObject(value)) return nonEmpty(key, withoutDropped(value));
    if (key === 'finalizers' && Array.isArray(value)) {
      const others = value.filter((finalizer) => finalizer !== ownFinalizer);
      return others.length > 0 ? [[key, others]] : [];
    }
    return [[key, value]];
  });
  return { metadata: Object.fromEntries(kept), notes: ownerNotes(metadata) };
}

function withoutDropped(annotations: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(annotations).filter(([name]) => !droppedAnnotations.has(name)));
}

function nonEmpty(key: string, value: JsonObject): [string, JsonObject][] {
  return Object.keys(value).length > 0 ? [[key, value]] : [];
}

function ownerNotes(metadata: JsonObject): RuleNote[] {
  const owners = listAt(metadata, 'ownerReferences').map((owner) =>
    isJsonObject(owner) ? `${textOf(owner['kind'])} ${textOf(owner['name'])}` : textOf(owner),
  );
  if (owners.length === 0) return [];
  const message = `the object belongs to ${quoted(owners)}, which may write the old form back`;
  return [manualLater('migrate-owner', message, 'Migrate it in what makes it; the owner is left out of the migrated object.')];
}
