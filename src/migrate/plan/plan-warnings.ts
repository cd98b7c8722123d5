import type { JsonObject } from '../../model/json';
import { objectRef } from '../../model/object-ref';
import { policyRef } from './companions/policy-object';
import type { GroupWorkload } from './group-workload';
import type { Migrating } from './migrating';
import type { WorkloadPods } from './pods-of-workload';
import type { PlanSettings, PlanWarning } from './workload-plan';

/** The selector of a workload is not known, so no policy can be written for it. */
export function serviceUnknown({ namespace, name }: GroupWorkload, reaching: readonly Migrating[], settings: PlanSettings): PlanWarning {
  const open = reaching.some(({ isProtected }) => isProtected);
  const asked = settings.internalCallers ? '; the policy for callers inside the cluster is not written either' : '';
  return {
    id: 'migrate-service-unknown',
    severity: open || settings.internalCallers ? 'medium' : 'low',
    message: `Service ${namespace}/${name} is not in the input, so that nobody knows its Pods: no policy is written that keeps them closed while routes change${asked}`,
    fix: `Add the Service to the input: kubectl get service ${name} -n ${namespace} -o yaml`,
  };
}

/** A policy names full hosts only. */
export function domainUnknown({ namespace, name }: GroupWorkload, host: string): PlanWarning {
  return {
    id: 'migrate-domain-unknown',
    severity: 'medium',
    message: `the domain behind host ${host} is not in the input, so that the temporary policy for the Pods of Service ${namespace}/${name} is not written`,
    fix: 'Give the domain with --domain, or add the Gateway to the input.',
  };
}

/** Somebody else's policy has the name. */
export function policyNameTaken(policy: JsonObject): PlanWarning {
  return {
    id: 'migrate-policy-name-taken',
    severity: 'medium',
    message: `the input holds another ${policyRef(policy)}, which the companion of that name would replace`,
    fix: 'Rename one of the two before you apply the companions.',
  };
}

/** In-cluster callers were never asked for a token, and are refused from now on. */
export function internalRefused(workloads: readonly GroupWorkload[]): PlanWarning {
  return {
    id: 'migrate-internal-refused',
    severity: 'low',
    message: `callers inside the cluster reached the Pods of ${services(workloads)} without the gateway; they are refused from now on, as nobody named them`,
    fix: 'Name them with --internal-callers NAMESPACE or a principal, or let them call through the gateway.',
  };
}

/** The form of the migration guide. */
export function internalAnybody(workloads: readonly GroupWorkload[]): PlanWarning {
  return {
    id: 'migrate-internal-anybody',
    severity: 'medium',
    message: `every caller inside the cluster is let in to the Pods of ${services(workloads)} without a token, those without a sidecar as well`,
    fix: 'Name the callers with --internal-callers NAMESPACE or a principal instead of *.',
  };
}

/** What stands in the way of a sidecar, if anything does. */
export function sidecarWarning({ pods, sidecar }: WorkloadPods): PlanWarning | undefined {
  const object = objectRef(pods.manifest);
  if (sidecar === 'refused')
    return {
      id: 'migrate-sidecar-refused',
      severity: 'high',
      message: `${object} refuses the sidecar, or runs without one; the controller refuses every APIRule v2 for such Pods`,
      fix: 'Take away what refuses it (sidecar.istio.io/inject: "false", istio-injection: disabled, hostNetwork) and start the Pods anew.',
    };
  if (sidecar !== 'missing') return undefined;
  return {
    id: 'migrate-sidecar-missing',
    severity: 'medium',
    message: `the Pods of ${object} ask for no sidecar, nor does their namespace; the controller refuses every APIRule v2 for such Pods`,
    fix: `Set sidecar.istio.io/inject: "true" in ${pods.labelsPath.join('.')}.`,
  };
}

function services(workloads: readonly GroupWorkload[]): string {
  const names = workloads.flatMap(({ namespace, services: found }) => found.map((name) => `${namespace}/${name}`));
  return `${names.length === 1 ? 'Service' : 'Services'} ${names.join(', ')}`;
}
