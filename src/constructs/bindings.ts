/** The only file that sees the generated bindings. `Function` gets a name that does not hide the global one. */
export { ApiRule, ApiRuleSpecRulesMethods } from '../../imports/gateway.kyma-project.io';
export type { ApiRuleSpec, ApiRuleSpecCorsPolicy, ApiRuleSpecRules, ApiRuleSpecRulesJwt } from '../../imports/gateway.kyma-project.io';
export {
  Function as ServerlessFunction,
  FunctionSpecRuntime,
  FunctionSpecSourceGitRepositoryAuthType,
} from '../../imports/serverless.kyma-project.io';
export type { FunctionSpec, FunctionSpecEnv, FunctionSpecSource } from '../../imports/serverless.kyma-project.io';
export { ServiceBinding, ServiceInstance } from '../../imports/services.cloud.sap.com';
export type { ServiceBindingSpec } from '../../imports/services.cloud.sap.com';
