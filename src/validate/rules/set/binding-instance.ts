import { nearName } from '../../near-name';
import { objectAt, textOf } from '../../../model/json-fields';
import { namespaceOf } from '../../../model/object-ref';
import { objectsByName, objectsIn, objectsOf } from '../../objects-of';
import type { Finding, SetRule } from '../../rule';
import { documents } from '../security/example-workload';
import { exampleBinding, exampleInstance } from './example-bindings';

const kind = 'ServiceInstance.services.cloud.sap.com';

export const bindingInstance: SetRule = {
  id: 'binding-instance',
  layer: 'set',
  severity: 'info',
  also: { medium: 'when the input holds other instances of the namespace' },
  title: 'The instance of a binding is in the input',
  why: 'A binding waits for its instance without an end, its Secret never comes, and Pods that mount it never start.',
  fix: 'Check spec.serviceInstanceName and spec.serviceInstanceNamespace, or add the instance to the input.',
  refs: ['SAP BTP service operator, ServiceBinding, spec.serviceInstanceName'],
  bad: documents(exampleInstance('xsuaa'), exampleBinding('geo', 'xsuua')),
  good: documents(exampleInstance('xsuaa'), exampleBinding('geo', 'xsuaa')),
  checkSet: (input) =>
    objectsOf(input, 'ServiceBinding.services.cloud.sap.com').flatMap((manifest): Finding[] => {
      const spec = objectAt(manifest.body, 'spec');
      const name = textOf(spec['serviceInstanceName']);
      const namespace = textOf(spec['serviceInstanceNamespace']) || namespaceOf(manifest);
      if (name === '' || objectsByName(input, kind).has(`${namespace}/${name}`)) return [];
      const others = objectsIn(input, kind, namespace).map((instance) => instance.name);
      const near = nearName(name, others);
      const message = `ServiceInstance ${namespace}/${name} is not in the input${near === undefined ? '' : `; did you mean "${near}"?`}`;
      const path = ['spec', 'serviceInstanceName'];
      return [{ manifest, path, message, ...(others.length > 0 && { severity: 'medium' as const }) }];
    }),
};
