import apiRules from '../../../crds/gateway.kyma-project.io_apirules.json';
import externalGateways from '../../../crds/gateway.kyma-project.io_externalgateways.json';
import rateLimits from '../../../crds/gateway.kyma-project.io_ratelimits.json';
import functions from '../../../crds/serverless.kyma-project.io_functions.json';
import serviceBindings from '../../../crds/services.cloud.sap.com_servicebindings.json';
import serviceInstances from '../../../crds/services.cloud.sap.com_serviceinstances.json';
import type { JsonObject } from '../../model/json';

/** The reduced definitions that this package ships, by file. @see crds/README.md for repositories and commits */
export const bundledDefinitions: Readonly<Record<string, JsonObject>> = {
  'crds/gateway.kyma-project.io_apirules.json': apiRules,
  'crds/gateway.kyma-project.io_externalgateways.json': externalGateways,
  'crds/gateway.kyma-project.io_ratelimits.json': rateLimits,
  'crds/serverless.kyma-project.io_functions.json': functions,
  'crds/services.cloud.sap.com_servicebindings.json': serviceBindings,
  'crds/services.cloud.sap.com_serviceinstances.json': serviceInstances,
};
