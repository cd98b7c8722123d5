import type { Rule } from '../../rule';
import { bindingExpiry } from './binding-expiry';
import { bindingExternalName } from './binding-external-name';
import { bindingImmutable } from './binding-immutable';
import { bindingName } from './binding-name';
import { bindingRotated } from './binding-rotated';
import { bindingRotationOff } from './binding-rotation-off';
import { bindingRotation } from './binding-rotation';
import { bindingTemplate } from './binding-template';
import { bindingUnreadable } from './binding-unreadable';
import { bindingUserInfo } from './binding-user-info';
import { bindingX509 } from './binding-x509';
import { functionAnnotation } from './function-annotation';
import { functionDependenciesRange } from './function-dependencies-range';
import { functionDependencies } from './function-dependencies';
import { functionEnvPlatform } from './function-env-platform';
import { functionEnv } from './function-env';
import { functionFips } from './function-fips';
import { functionGitAuth } from './function-git-auth';
import { functionGitPassword } from './function-git-password';
import { functionGit } from './function-git';
import { functionHandler } from './function-handler';
import { functionIgnoredField } from './function-ignored-field';
import { functionLabel } from './function-label';
import { functionMeshLabel } from './function-mesh-label';
import { functionMountPath } from './function-mount-path';
import { functionName } from './function-name';
import { functionProfile } from './function-profile';
import { functionReplicasZero } from './function-replicas-zero';
import { functionReplicas } from './function-replicas';
import { functionResources } from './function-resources';
import { functionRuntimeSchedule } from './function-runtime-schedule';
import { functionRuntime } from './function-runtime';
import { functionSourceControl } from './function-source-control';
import { functionSourceExpansion } from './function-source-expansion';
import { functionSourceSize } from './function-source-size';
import { functionSource } from './function-source';
import { functionTemplate } from './function-template';
import { functionVolumeName } from './function-volume-name';
import { instanceIdentity } from './instance-identity';
import { instanceName } from './instance-name';
import { instanceParametersConflict } from './instance-parameters-conflict';
import { instanceUserInfo } from './instance-user-info';
import { instanceWatchedLabel } from './instance-watched-label';
import { instanceWatchedName } from './instance-watched-name';
import { xsuaaAppNameTaken } from './xsuaa-app-name-taken';
import { xsuaaAppName } from './xsuaa-app-name';
import { xsuaaAttributeUpdate } from './xsuaa-attribute-update';
import { xsuaaAttribute } from './xsuaa-attribute';
import { xsuaaAuthority } from './xsuaa-authority';
import { xsuaaCredentialType } from './xsuaa-credential-type';
import { xsuaaForm } from './xsuaa-form';
import { xsuaaPlan } from './xsuaa-plan';
import { xsuaaRedirectUri } from './xsuaa-redirect-uri';
import { xsuaaReference } from './xsuaa-reference';
import { xsuaaRoleCollectionTaken } from './xsuaa-role-collection-taken';
import { xsuaaRoleCollection } from './xsuaa-role-collection';
import { xsuaaRoleTemplate } from './xsuaa-role-template';
import { xsuaaScope } from './xsuaa-scope';
import { xsuaaSystemAttribute } from './xsuaa-system-attribute';
import { xsuaaTenantMode } from './xsuaa-tenant-mode';
import { xsuaaValidity } from './xsuaa-validity';

/** What the controllers of Functions, of bindings and instances, and XSUAA behind them would say. */
export const functionRules: readonly Rule[] = [
  bindingExpiry,
  bindingExternalName,
  bindingImmutable,
  bindingName,
  bindingRotated,
  bindingRotationOff,
  bindingRotation,
  bindingTemplate,
  bindingUnreadable,
  bindingUserInfo,
  bindingX509,
  functionAnnotation,
  functionDependenciesRange,
  functionDependencies,
  functionEnvPlatform,
  functionEnv,
  functionFips,
  functionGitAuth,
  functionGitPassword,
  functionGit,
  functionHandler,
  functionIgnoredField,
  functionLabel,
  functionMeshLabel,
  functionMountPath,
  functionName,
  functionProfile,
  functionReplicasZero,
  functionReplicas,
  functionResources,
  functionRuntimeSchedule,
  functionRuntime,
  functionSourceControl,
  functionSourceExpansion,
  functionSourceSize,
  functionSource,
  functionTemplate,
  functionVolumeName,
  instanceIdentity,
  instanceName,
  instanceParametersConflict,
  instanceUserInfo,
  instanceWatchedLabel,
  instanceWatchedName,
  xsuaaAppNameTaken,
  xsuaaAppName,
  xsuaaAttributeUpdate,
  xsuaaAttribute,
  xsuaaAuthority,
  xsuaaCredentialType,
  xsuaaForm,
  xsuaaPlan,
  xsuaaRedirectUri,
  xsuaaReference,
  xsuaaRoleCollectionTaken,
  xsuaaRoleCollection,
  xsuaaRoleTemplate,
  xsuaaScope,
  xsuaaSystemAttribute,
  xsuaaTenantMode,
  xsuaaValidity,
];
