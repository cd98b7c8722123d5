import { objectAt } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { movedFieldChanges, type KindChange, type MovedField } from './kind-change';

const current = 'services.cloud.sap.com/v1';

const versionChange: KindChange = {
  path: ['apiVersion'],
  message: 'belongs to the service catalog, which Kyma no longer has',
  fix: `Write apiVersion: ${current}, and give the object a new name: the service operator does not take over what the catalog made.`,
};

const instanceFields: readonly MovedField[] = [
  { field: 'clusterServiceClassExternalName', fix: 'Write it as spec.serviceOfferingName.' },
  { field: 'serviceClassExternalName', fix: 'Write it as spec.serviceOfferingName.' },
  { field: 'clusterServicePlanExternalName', fix: 'Write it as spec.servicePlanName.' },
  { field: 'servicePlanExternalName', fix: 'Write it as spec.servicePlanName.' },
  { field: 'externalID', fix: 'Leave it out.' },
];

const bindingFields: readonly MovedField[] = [
  { field: 'instanceRef', fix: 'Write its name as spec.serviceInstanceName.' },
  { field: 'externalID', fix: 'Leave it out.' },
];

/** What to change in a ServiceInstance of the service catalog. */
export function catalogInstanceChanges({ body }: Manifest): KindChange[] {
  return [versionChange, ...movedFieldChanges(objectAt(body, 'spec'), instanceFields, current)];
}

/** What to change in a ServiceBinding of the service catalog. */
export function catalogBindingChanges({ body }: Manifest): KindChange[] {
  return [versionChange, ...movedFieldChanges(objectAt(body, 'spec'), bindingFields, current)];
}
