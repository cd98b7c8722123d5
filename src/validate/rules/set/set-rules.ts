import type { Rule } from '../../rule';
import { authenticationWithoutPolicy } from './authentication-without-policy';
import { bindingInstance } from './binding-instance';
import { bindingSecretTaken } from './binding-secret-taken';
import { configMapUnknown } from './config-map-unknown';
import { hostTaken } from './host-taken';
import { manifestDuplicate } from './manifest-duplicate';
import { apiRuleForm } from './api-rule-form';
import { apiRuleObjectsDiffer } from './api-rule-objects-differ';
import { istioObjectForm } from './istio-object-form';
import { gatewayHost } from './gateway-host';
import { gatewayUnknown } from './gateway-unknown';
import { handlerMixed } from './handler-mixed';
import { namesCollide } from './names-collide';
import { policyAllowsAll } from './policy-allows-all';
import { policyDryRun } from './policy-dry-run';
import { policyLeftover } from './policy-leftover';
import { policyPlaintextCallers } from './policy-plaintext-callers';
import { policySelectsNothing } from './policy-selects-nothing';
import { secretUnknown } from './secret-unknown';
import { servicePort } from './service-port';
import { serviceSelectsNothing } from './service-selects-nothing';
import { serviceUnknown } from './service-unknown';
import { strategiesMixed } from './strategies-mixed';

/** What only shows when all objects are looked at together. */
export const setRules: readonly Rule[] = [
  manifestDuplicate,
  apiRuleForm,
  apiRuleObjectsDiffer,
  istioObjectForm,
  hostTaken,
  serviceSelectsNothing,
  serviceUnknown,
  servicePort,
  gatewayUnknown,
  gatewayHost,
  bindingInstance,
  bindingSecretTaken,
  secretUnknown,
  configMapUnknown,
  namesCollide,
  strategiesMixed,
  handlerMixed,
  policyAllowsAll,
  policyPlaintextCallers,
  policySelectsNothing,
  policyDryRun,
  policyLeftover,
  authenticationWithoutPolicy,
];
