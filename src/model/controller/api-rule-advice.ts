import type { JsonObject } from '../json';
import { listAt, objectAt, objectsAt, textOf } from '../json-fields';
import type { Problem } from '../problem';

/** Finds what no cluster refuses and no request suffers from, but what does not do what it looks like. Constructs do not throw on it. */
export function apiRuleAdvice(body: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  return [
    ...objectsAt(spec, 'rules').flatMap(([rule, index]) => ruleAdvice(rule, index)),
    ...externalAdvice(spec),
    ...longNameAdvice(objectAt(body, 'metadata')),
  ];
}

function ruleAdvice(rule: JsonObject, index: number): Problem[] {
  const path = ['spec', 'rules', index];
  const text = textOf(rule['path']);
  const problems: Problem[] = [];
  if (text.includes('.')) {
    const message = `"${text}" holds a dot, which stands for any character in the route but for itself in the policy: ${dotted(text)} gets 403, not 404`;
    problems.push({ id: 'api-rule-path-dot', path: [...path, 'path'], message });
  }
  const connect = listAt(rule, 'methods').indexOf('CONNECT');
  if (connect >= 0) {
    const message = 'CONNECT carries no path, so no route of an APIRule ever takes it';
    problems.push({ id: 'api-rule-connect', path: [...path, 'methods', connect], message });
  }
  return problems;
}

/** The path with the first dot replaced, as a request that only the route takes. */
function dotted(path: string): string {
  return path.replace('.', 'x').replaceAll(/\{\*{1,2}\}/g, 'a');
}

function externalAdvice(spec: JsonObject): Problem[] {
  const services = [
    { service: objectAt(spec, 'service'), path: ['spec', 'service', 'external'] },
    ...objectsAt(spec, 'rules').map(([rule, index]) => ({
      service: objectAt(rule, 'service'),
      path: ['spec', 'rules', index, 'service', 'external'],
    })),
  ];
  return services.flatMap(({ service, path }): Problem[] => {
    if (service['external'] === undefined) return [];
    return [{ id: 'api-rule-service-external', path, message: 'is read by nobody: a Service of the cluster is meant in any case' }];
  });
}

/** Longest namespace for which controllers before 3.3 could name their policies. */
const oldNamespaceLimit = 36;
/** Longest `name.namespace` that controllers before 3.5 could use as a label. */
const oldOwnerLimit = 63;

function longNameAdvice({ name, namespace }: JsonObject): Problem[] {
  const [own, space] = [textOf(name), textOf(namespace)];
  const problems: Problem[] = [];
  if (space.length > oldNamespaceLimit) {
    const message = `has ${space.length} characters; with more than ${oldNamespaceLimit}, API gateway modules before 3.3 create no policies`;
    problems.push({ id: 'api-rule-long-name', path: ['metadata', 'namespace'], message });
  }
  if (own.length + 1 + space.length > oldOwnerLimit) {
    const message = `has, with its namespace, more than ${oldOwnerLimit - 1} characters; API gateway modules before 3.5 do not reconcile such an APIRule`;
    problems.push({ id: 'api-rule-long-name', path: ['metadata', 'name'], message });
  }
  return problems;
}
