import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import type { JsonObject } from '../../src/model/json';
import { objectAt, objectsAt, textOf } from '../../src/model/json-fields';

/** Files of `crds/` by kind. */
export const crdFiles: Readonly<Record<string, string>> = {
  APIRule: 'gateway.kyma-project.io_apirules.json',
  ExternalGateway: 'gateway.kyma-project.io_externalgateways.json',
  RateLimit: 'gateway.kyma-project.io_ratelimits.json',
  Function: 'serverless.kyma-project.io_functions.json',
  ServiceBinding: 'services.cloud.sap.com_servicebindings.json',
  ServiceInstance: 'services.cloud.sap.com_serviceinstances.json',
};

/** The reduced definition of a kind. */
export function readCrd(kind: string): JsonObject {
  return JSON.parse(readFileSync(join(__dirname, '../../crds', crdFiles[kind] ?? kind), 'utf8')) as JsonObject;
}

const validators = new Map<string, ValidateFunction>();

/** What the API server says to an object, going by structure only; unknown fields count as refused, because it would drop them. */
export function schemaRefusals(body: JsonObject): string[] {
  const id = `${textOf(body['apiVersion'])} ${textOf(body['kind'])}`;
  const validate = validators.get(id) ?? compile(body);
  validators.set(id, validate);
  validate(body);
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
}

function compile(body: JsonObject): ValidateFunction {
  const versions = objectsAt(objectAt(readCrd(textOf(body['kind'])), 'spec'), 'versions').map(([version]) => version);
  const version = versions.find(({ name }) => textOf(body['apiVersion']).endsWith(`/${textOf(name)}`));
  if (version === undefined) throw new Error(`no version for ${textOf(body['apiVersion'])}`);
  return new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
    closed(objectAt(objectAt(version, 'schema'), 'openAPIV3Schema')),
  );
}

/** The same schema, refusing fields that it does not list. Metadata is checked by the API server itself. */
function closed(schema: JsonObject): JsonObject {
  const properties = Object.fromEntries(
    Object.keys(objectAt(schema, 'properties')).map((name) => [name, closed(objectAt(objectAt(schema, 'properties'), name))]),
  );
  const open =
    schema['x-kubernetes-preserve-unknown-fields'] === true || schema['additionalProperties'] !== undefined || !('properties' in schema);
  return {
    ...schema,
    ...('properties' in schema && { properties }),
    ...('items' in schema && { items: closed(objectAt(schema, 'items')) }),
    ...(!open && { additionalProperties: false }),
  };
}
