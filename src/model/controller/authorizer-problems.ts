import { formatJsonPath, isJsonObject, type JsonObject, type JsonPath } from '../json';
import { listAt, objectAt, objectsAt, textOf } from '../json-fields';
import type { Problem } from '../problem';
import { attributeFailure } from './controller-words';
import { yamlValue } from './yaml-value';

/**
 * Stands for an authorizer that is still to be named; `migrate` writes it. No mesh has one of this name, so the controller refuses an APIRule
 * with it and opens nothing.
 */
export const authorizerToName = 'fill-in-the-name-of-an-authorizer';

/** External authorizers that the mesh knows, each with whether it speaks HTTP; or why that cannot be read. */
export type MeshAuthorizers = ReadonlyMap<string, boolean> | 'no-mesh-key' | 'unreadable';

/** Reads the ConfigMap `istio-system/istio`. */
export function meshAuthorizers(configMap: JsonObject): MeshAuthorizers {
  const { mesh } = objectAt(configMap, 'data');
  if (typeof mesh !== 'string') return 'no-mesh-key';
  const value = yamlValue(mesh);
  if (value !== null && !isJsonObject(value)) return 'unreadable';
  const authorizers = new Map<string, boolean>();
  for (const [provider] of objectsAt(value ?? {}, 'extensionProviders')) {
    const name = textOf(provider['name']);
    // The first of two providers of one name counts.
    if (!authorizers.has(name)) authorizers.set(name, (provider['envoyExtAuthzHttp'] ?? null) !== null);
  }
  return authorizers;
}

/** Every authorizer that an APIRule names, with its place. */
export function namedAuthorizers(spec: JsonObject): { readonly name: string; readonly rule: number; readonly path: JsonPath }[] {
  return objectsAt(spec, 'rules').flatMap(([rule, index]) =>
    listAt(objectAt(rule, 'extAuth'), 'authorizers').map((name, position) => ({
      name: textOf(name),
      rule: index,
      path: ['spec', 'rules', index, 'extAuth', 'authorizers', position],
    })),
  );
}

/** Finds authorizers of an APIRule that the controller does not find in the mesh. */
export function authorizerProblems(spec: JsonObject, known: MeshAuthorizers): Problem[] {
  return namedAuthorizers(spec).flatMap(({ name, rule, path }): Problem[] => {
    const attribute = `.${formatJsonPath(['spec', 'rules', rule])}.extAuth.externalAuthorizers`;
    const fault = faultOf(name, known);
    if (!fault) return [];
    const says = attributeFailure(typeof known === 'string' ? attribute : `${attribute}.${name}`, fault.words);
    return [{ id: 'api-rule-authorizer', path, message: fault.message, says }];
  });
}

function faultOf(name: string, known: MeshAuthorizers): { readonly message: string; readonly words: string } | undefined {
  const config = 'ConfigMap istio-system/istio';
  if (known === 'no-mesh-key') return { message: `${config} has no key mesh`, words: 'Istio ConfigMap does not contain mesh key' };
  if (known === 'unreadable') return { message: `key mesh of ${config} is no YAML`, words: 'Failed to unmarshal mesh data' };
  const overHttp = known.get(name);
  if (overHttp === true) return undefined;
  return overHttp === undefined
    ? { message: `"${name}" is no provider of ${config}`, words: 'Authorizer not found in Istio ConfigMap mesh data' }
    : {
        message: `"${name}" is a provider of ${config}, but not one with envoyExtAuthzHttp, which the controller wants`,
        words: 'EnvoyExtAuthzHttp not found in Istio ConfigMap mesh data for authorizer',
      };
}
