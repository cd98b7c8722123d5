/** The door for cdk8s applications: constructs, their properties, the errors they throw, and the validation plugin. */
export type { AccessRuleProps, CorsProps, JwtAccess, JwtAuthorization, JwtIssuer } from './constructs/access-rule';
export { ClosedBaseline, type ClosedBaselineProps } from './constructs/closed-baseline';
export type { ExposeProps } from './constructs/expose';
export type { EnvReference, GitSource, InlineSource } from './constructs/function-source';
export { JwtApiRule, type JwtApiRuleProps } from './constructs/jwt-api-rule';
export { MeshNamespace, type MeshNamespaceProps } from './constructs/mesh-namespace';
export type { ObjectMetadata } from './constructs/object-metadata';
export { OidcIssuer, type OidcIssuerProps } from './constructs/oidc-issuer';
export { ProtectedFunction, type FunctionBinding, type ProtectedFunctionProps } from './constructs/protected-function';
export { VerificationJob } from './constructs/verification-job';
export { VerificationNamespace, type VerificationNamespaceProps } from './constructs/verification-namespace';
export type {
  VerificationBinding,
  VerificationJobProps,
  VerificationKind,
  VerificationNetwork,
  VerificationResources,
  VerificationSecret,
} from './constructs/verification-props';
export { VerifierBundle, type VerifierBundleProps } from './constructs/verifier-bundle';
export { xsuaaBindingNames, type XsuaaBindingNames, type XsuaaBindingProps } from './constructs/xsuaa-binding';
export { XsuaaIssuer, type XsuaaIssuerProps } from './constructs/xsuaa-issuer';
export type { RuleMethod } from './model/api-rule';
export { KymaGuardError, UsageError } from './model/errors';
export type { FunctionProfile, FunctionRuntime } from './model/function-checks';
export type { TrustedIssuer } from './model/issuer';
export type { JsonObject, JsonValue } from './model/json';
export type { VerifierContent } from './model/verifier-content';
export { KymaGuardValidation, type KymaGuardValidationContext, type KymaGuardValidationProps } from './plugin';
