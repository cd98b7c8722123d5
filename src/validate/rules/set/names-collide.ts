import { objectsByName, objectsOf, placeOf } from '../../objects-of';
import type { SetRule } from '../../rule';
import { documents, exampleFunction, exampleService } from '../security/example-workload';

export const namesCollide: SetRule = {
  id: 'names-collide',
  layer: 'set',
  severity: 'medium',
  title: 'No Service has the name of a Function',
  why: 'The controller of Functions creates a Service with the name of each Function. Two writers of one Service undo what the other writes, and rules lead now here, now there.',
  fix: 'Rename the Service, or leave it out: the Function brings its own.',
  refs: ['Kyma documentation, Function, processing of the Service'],
  bad: documents(exampleFunction(), exampleService),
  good: documents(exampleFunction(), exampleService.replace('name: orders', 'name: orders-api')),
  checkSet: (input) =>
    objectsOf(input, 'Service.').flatMap((manifest) => {
      const own = manifest.labels['serverless.kyma-project.io/managed-by'] === 'function-controller';
      if (own || !objectsByName(input, 'Function.serverless.kyma-project.io').has(placeOf(manifest))) return [];
      const message = `Function ${placeOf(manifest)} makes a Service of this name, too; it should have another name`;
      return [{ manifest, path: ['metadata', 'name'], message }];
    }),
};
