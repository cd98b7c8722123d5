import { groupOf } from '../model/duplicate-objects';
import type { Manifest } from '../model/manifest';
import { meantKind } from './meant-kind';

/** Kinds that rules look at. Others are counted as skipped. */
const known: ReadonlySet<string> = new Set([
  'APIRule.gateway.kyma-project.io',
  'RateLimit.gateway.kyma-project.io',
  'ExternalGateway.gateway.kyma-project.io',
  'Function.serverless.kyma-project.io',
  'ServiceInstance.services.cloud.sap.com',
  'ServiceBinding.services.cloud.sap.com',
  'VirtualService.networking.istio.io',
  'Gateway.networking.istio.io',
  'RequestAuthentication.security.istio.io',
  'AuthorizationPolicy.security.istio.io',
  'Service.',
  'Namespace.',
  'Secret.',
  'Pod.',
  'Deployment.apps',
  'StatefulSet.apps',
  'DaemonSet.apps',
  'ReplicaSet.apps',
  'Job.batch',
  'CronJob.batch',
  'ConfigMap.',
]);

/** `Kind.group`; the group of core kinds is empty, as in `Service.`. */
export function kindOf(manifest: Pick<Manifest, 'apiVersion' | 'kind'>): string {
  return `${manifest.kind}.${groupOf(manifest)}`;
}

/**
 * True for an object that rules look at, also one whose kind is misspelled.
 * @param withSchema Kinds that are checked by schema beside those that rules name. @default - none
 */
export function isKnownKind(manifest: Pick<Manifest, 'apiVersion' | 'kind'>, withSchema?: ReadonlySet<string>): boolean {
  return known.has(kindOf(manifest)) || withSchema?.has(kindOf(manifest)) === true || meantKind(manifest) !== undefined;
}
