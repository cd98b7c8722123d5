import { isJsonObject, type JsonObject } from '../json';
import { objectAt, textOf } from '../json-fields';
import type { Problem } from '../problem';
import { attributeFailure } from './controller-words';
import { yamlValue } from './yaml-value';

const key = 'api-gateway-config';

/**
 * Finds what keeps the controller from checking any APIRule: a ConfigMap `kyma-system/api-gateway-config` that it cannot use. Other ConfigMaps
 * have no problem.
 */
export function jwtHandlerProblems(configMap: JsonObject): Problem[] {
  const { name, namespace } = objectAt(configMap, 'metadata');
  if (name !== key || namespace !== 'kyma-system') return [];
  const text = objectAt(configMap, 'data')[key];
  if (typeof text !== 'string') {
    const says = attributeFailure('', 'Configuration is missing');
    return [{ id: 'jwt-handler', path: ['data'], message: `has no ${key}, so the controller refuses every APIRule`, says }];
  }
  const value = yamlValue(text);
  const handler = textOf(isJsonObject(value) ? value['jwtHandler'] : undefined);
  if (handler === 'istio' || handler === 'ory') return [];
  const message = `has the jwtHandler "${handler}", with which the controller refuses every APIRule; it should be istio or ory`;
  return [{ id: 'jwt-handler', path: ['data', key], message, says: attributeFailure('', `Unsupported JWT Handler: ${handler}`) }];
}
