import type { JsonObject, JsonPath } from './json';
import { objectAt, textOf } from './json-fields';
import type { Problem } from './problem';
import { quantityOf } from './quantity';

/** Least memory that the controller admits; that of CPU is configured and usually none. */
const leastMemory = '16Mi';

/** Finds resources of a Function that its controller refuses: too little memory, or more requested than the limit allows. */
export function functionResourceProblems(spec: JsonObject): Problem[] {
  const resources = objectAt(objectAt(objectAt(spec, 'resourceConfiguration'), 'function'), 'resources');
  const path = ['spec', 'resourceConfiguration', 'function', 'resources'];
  return ['cpu', 'memory'].flatMap((name) => {
    const forms = ['requests', 'limits'].flatMap((field) => quantityProblems(resources, field, name, path));
    return forms.length > 0 ? forms : orderProblems(resources, name, path);
  });
}

function quantityProblems(resources: JsonObject, field: string, name: string, path: JsonPath): Problem[] {
  const value = objectAt(resources, field)[name];
  if (value === undefined) return [];
  const amount = quantityOf(textOf(value));
  const message =
    amount === undefined
      ? `"${textOf(value)}" is no quantity; give one such as ${name === 'cpu' ? '100m' : '128Mi'}`
      : name === 'memory' && amount < (quantityOf(leastMemory) ?? 0)
        ? `is ${textOf(value)}; the controller admits ${leastMemory} and more`
        : amount < 0
          ? `is ${textOf(value)}; give an amount from 0`
          : undefined;
  return message === undefined ? [] : [{ id: 'function-resources', path: [...path, field, name], message }];
}

function orderProblems(resources: JsonObject, name: string, path: JsonPath): Problem[] {
  const [request, limit] = ['requests', 'limits'].map((field) => objectAt(resources, field)[name]);
  if (request === undefined || limit === undefined) return [];
  if ((quantityOf(textOf(request)) ?? 0) <= (quantityOf(textOf(limit)) ?? 0)) return [];
  const message = `requests ${textOf(request)}, more than the limit of ${textOf(limit)}`;
  return [{ id: 'function-resources', path: [...path, 'requests', name], message, fix: 'request at most what the limit allows' }];
}
