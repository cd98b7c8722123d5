import { formatJsonPath, isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../json';
import { textOf } from '../json-fields';
import { isDnsLabel, isRfc1035Label } from '../names';
import type { Problem } from '../problem';
import { attributeFailure } from './controller-words';

/** Finds what is wrong with a `service` of an APIRule v2 or of one of its rules. */
export function serviceProblems(service: JsonValue | undefined, path: JsonPath): Problem[] {
  if (!isJsonObject(service)) return [];
  const { name, namespace, port } = service;
  const problems: Problem[] = [];
  if (!isRfc1035Label(textOf(name)))
    problems.push({ id: 'api-rule-service', path: [...path, 'name'], message: `"${textOf(name)}" is no name of a Service` });
  if (namespace !== undefined && !isDnsLabel(textOf(namespace)))
    problems.push({ id: 'api-rule-service', path: [...path, 'namespace'], message: `"${textOf(namespace)}" is no namespace name` });
  if (typeof port !== 'number' || !Number.isSafeInteger(port) || port < 1 || port > 65_535) {
    const message = `is ${textOf(port) || 'missing'}; give a port from 1 to 65535`;
    problems.push({ id: 'api-rule-service', path: [...path, 'port'], message });
  }
  return problems;
}

/** Finds a rule that leads nowhere, because neither it nor its APIRule names a Service. */
export function serviceMissingProblems(rule: JsonObject, path: JsonPath, specHasService: boolean): Problem[] {
  if (specHasService || isJsonObject(rule['service'])) return [];
  const place = `.${formatJsonPath(path)}`;
  const says = [
    attributeFailure(`${place}.service`, 'The rule must define a service, because no service is defined on spec level'),
    attributeFailure(place, 'Failed to execute sidecar injection validation, err: service name is required but missing'),
  ].join('\n');
  return [{ id: 'api-rule-service', path: [...path, 'service'], message: 'is missing, nor has the APIRule one', says }];
}
