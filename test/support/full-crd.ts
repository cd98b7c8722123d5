import type { JsonObject, JsonValue } from '../../src/model/json';

/** A definition in the full form that a cluster prints: prose, columns, several versions, status. */
export function fullCrd(specSchema: JsonValue, more: { kind?: string; group?: string; spec?: JsonObject } = {}): JsonObject {
  const { kind = 'Widget', group = 'example.com' } = more;
  const openAPIV3Schema = {
    type: 'object',
    description: 'Widget is what tests are made of.',
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string', description: 'APIVersion defines the versioned schema.' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: specSchema,
      status: { type: 'object', properties: { phase: { type: 'string' } } },
    },
  };
  const version = {
    additionalPrinterColumns: [{ name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' }],
    schema: { openAPIV3Schema },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.toLowerCase()}s.${group}`, annotations: { 'controller-gen.kubebuilder.io/version': 'v0.19.0' } },
    spec: {
      ...{ group, scope: 'Namespaced', conversion: { strategy: 'None' } },
      names: { kind, listKind: `${kind}List`, plural: `${kind.toLowerCase()}s`, singular: kind.toLowerCase() },
      versions: [
        { name: 'v1beta1', served: false, storage: false, deprecated: true, ...version },
        { name: 'v1', served: true, storage: true, ...version, subresources: { status: {} } },
      ],
      ...more.spec,
    },
    status: { acceptedNames: { kind }, conditions: [], storedVersions: ['v1'] },
  };
}

/** A widget of version v1. */
export function widget(spec: JsonValue, version = 'v1'): JsonObject {
  return { apiVersion: `example.com/${version}`, kind: 'Widget', metadata: { name: 'one', namespace: 'shop' }, spec };
}
