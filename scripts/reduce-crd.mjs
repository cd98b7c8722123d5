/**
 * Reduces a CustomResourceDefinition to the facts that this project works with: which fields exist, of which type, within which limits,
 * and the CEL expressions over them. Prose, printer columns, conversion webhooks and versions nobody should write any more are left out.
 */

/** Versions kept, per definition. The first one becomes the TypeScript class of the kind. */
export const targetVersions = {
  'apirules.gateway.kyma-project.io': ['v2', 'v2alpha1'],
  'externalgateways.gateway.kyma-project.io': ['v1alpha1'],
  'functions.serverless.kyma-project.io': ['v1alpha2'],
  'ratelimits.gateway.kyma-project.io': ['v1alpha1'],
  'servicebindings.services.cloud.sap.com': ['v1'],
  'serviceinstances.services.cloud.sap.com': ['v1'],
};

/** Subtrees that live objects carry but nobody here writes: accepted whole, whatever they hold. */
const opaque = new Set(['status', 'podSecurityContext', 'containerSecurityContext']);
const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** Keywords of the structural schema that hold facts. `description`, `title`, `example` and `externalDocs` are prose. */
const facts = new Set([
  'type',
  'format',
  'required',
  'enum',
  'pattern',
  'default',
  'nullable',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
]);

/** @returns the reduced definition, or throws a plain Error that says which one is not known. */
export function reduceDefinition(definition) {
  const name = definition?.metadata?.name;
  const wanted = targetVersions[name];
  if (definition?.kind !== 'CustomResourceDefinition' || !wanted)
    throw new Error(`${name ?? 'a document'} is not one of the kinds this project knows`);
  const { group, names, scope, versions } = definition.spec;
  return {
    apiVersion: definition.apiVersion,
    kind: definition.kind,
    metadata: { name },
    spec: { group, names, scope, versions: wanted.map((version) => reduceVersion(name, version, versions)) },
  };
}

function reduceVersion(definition, name, versions) {
  const version = versions.find((candidate) => candidate.name === name);
  if (!version?.served) throw new Error(`${definition} does not serve ${name}`);
  const { served, storage, subresources, schema } = version;
  return {
    name,
    served,
    storage,
    ...(subresources && { subresources }),
    schema: { openAPIV3Schema: reduceSchema(schema.openAPIV3Schema) },
  };
}

/** Walks schemas, not keys: a property that happens to be called `description` stays. */
export function reduceSchema(schema) {
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).flatMap(([key, value]) => reduceKeyword(key, value)));
}

function reduceKeyword(key, value) {
  if (facts.has(key) || key.startsWith('x-kubernetes-')) return [[key, value]];
  if (key === 'properties') return [[key, reduceProperties(value)]];
  if (key === 'items' || key === 'additionalProperties' || key === 'not') return [[key, reduceSchema(value)]];
  if (key === 'allOf' || key === 'anyOf' || key === 'oneOf') return [[key, value.map(reduceSchema)]];
  return [];
}

function reduceProperties(properties) {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, opaque.has(name) ? anything : reduceSchema(schema)]));
}

/** One version per kind and no status: what `cdk8s import` should make classes of. Importing several versions suffixes the class names. */
export function forImport(definition) {
  const [version] = definition.spec.versions;
  const { status: _status, ...properties } = version.schema.openAPIV3Schema.properties;
  const schema = { openAPIV3Schema: { ...version.schema.openAPIV3Schema, properties } };
  return { ...definition, spec: { ...definition.spec, versions: [{ ...version, schema }] } };
}
