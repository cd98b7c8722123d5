import type { JsonObject, JsonPath } from './json';
import { listAt, objectAt, objectsAt, textOf } from './json-fields';
import { isDnsLabel, isObjectName } from './names';
import type { Problem } from './problem';
import { descriptorProblems } from './xsuaa-checks';

const parametersPath = ['spec', 'parameters'];

/** Finds what is wrong with a ServiceInstance; of XSUAA and Identity also what the service refuses in its parameters. */
export function serviceInstanceProblems(body: JsonObject): Problem[] {
  const { name, namespace } = objectAt(body, 'metadata');
  const spec = objectAt(body, 'spec');
  const problems: Problem[] = [];
  if (!isObjectName(textOf(name)))
    problems.push({ id: 'instance-name', path: ['metadata', 'name'], message: `"${textOf(name)}" is no name of an object` });
  if (namespace !== undefined && !isDnsLabel(textOf(namespace))) {
    problems.push({ id: 'instance-name', path: ['metadata', 'namespace'], message: `"${textOf(namespace)}" is no namespace name` });
  }
  return [...problems, ...watchProblems(spec), ...parameterProblems(spec)];
}

function parameterProblems(spec: JsonObject): Problem[] {
  const parameters = objectAt(spec, 'parameters');
  // The plan apiaccess knows no descriptor.
  if (spec['serviceOfferingName'] === 'xsuaa' && spec['servicePlanName'] !== 'apiaccess')
    return descriptorProblems(parameters, parametersPath);
  return spec['serviceOfferingName'] === 'identity' ? identityProblems(objectAt(parameters, 'oauth2-configuration')) : [];
}

/** The name of the Secret becomes part of a label key, after `secret-ref_`. */
const watchedNameLimit = 52;

function watchProblems(spec: JsonObject): Problem[] {
  if (spec['watchParametersFromChanges'] !== true) return [];
  return objectsAt(spec, 'parametersFrom').flatMap(([entry, index]): Problem[] => {
    const name = textOf(objectAt(entry, 'secretKeyRef')['name']);
    const path = ['spec', 'parametersFrom', index, 'secretKeyRef', 'name'];
    const message = `has ${name.length} characters; a Secret that is watched has at most ${watchedNameLimit}, because its name becomes part of a label`;
    return name.length > watchedNameLimit ? [{ id: 'instance-watched-name', path, message }] : [];
  });
}

function identityProblems(configuration: JsonObject): Problem[] {
  const path: JsonPath = [...parametersPath, 'oauth2-configuration'];
  const problems: Problem[] = [];
  const uris = listAt(configuration, 'redirect-uris').length;
  const validity = objectAt(configuration, 'token-policy')['token-validity'];
  if (uris > 20)
    problems.push({ id: 'instance-identity', path: [...path, 'redirect-uris'], message: `has ${uris} entries; Identity takes 20` });
  if (validity !== undefined && !(typeof validity === 'number' && validity >= 60 && validity <= 43_200)) {
    const message = `is ${textOf(validity)}; give seconds from 60 to 43200`;
    problems.push({ id: 'instance-identity', path: [...path, 'token-policy', 'token-validity'], message });
  }
  return problems;
}
