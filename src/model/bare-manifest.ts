import type { JsonObject } from './json';
import { objectAt, textOf } from './json-fields';
import type { Manifest } from './manifest';

/** An APIRule v2 that no file holds: what is found in it is told by its path alone. */
export function bareApiRule(body: JsonObject): Manifest {
  const { name, namespace } = objectAt(body, 'metadata');
  return {
    apiVersion: 'gateway.kyma-project.io/v2',
    kind: 'APIRule',
    name: textOf(name),
    ...(typeof namespace === 'string' && { namespace }),
    ...{ labels: {}, annotations: {}, body, file: '' },
    locate: () => ({ line: 1, column: 1 }),
  };
}
