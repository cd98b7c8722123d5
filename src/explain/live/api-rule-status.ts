import type { Manifest } from '../../model/manifest';
import { isApiRule } from '../../model/read-api-rules';
import { namespaceOf } from '../../model/object-ref';
import { objectAt, listAt, textOf } from '../../model/json-fields';
import { isLive, lastChange, type LastChange } from './live-object';

/** Annotation in which Kyma keeps the version that an APIRule was written in. */
const originalVersion = 'gateway.kyma-project.io/original-version';

/** What the cluster says of one APIRule. */
export interface ApiRuleStatus {
  /** `namespace/name`. */
  readonly apiRule: string;
  /** As the controller wrote it, such as `Ready`, `Warning` or `Error`; `unknown` when it wrote nothing. */
  readonly state: string;
  readonly description?: string;
  /** When the controller looked at it last. RFC 3339. */
  readonly lastReconcile?: string;
  /** Who changed it last. Absent unless the input holds managed fields. */
  readonly lastChange?: LastChange;
  /** Who changed `spec` last. Absent unless the input holds managed fields. */
  readonly lastSpecChange?: LastChange;
  /** Version that it was written in, if it is one that is no longer reconciled. */
  readonly origin?: 'v1beta1';
  /** True when there are no rules to be seen in this version. */
  readonly isEmpty: boolean;
  readonly manifest: Manifest;
}

/** The APIRules of the input that came from a cluster, with what it says of them. */
export function apiRuleStatuses(manifests: readonly Manifest[]): ApiRuleStatus[] {
  return manifests.filter((manifest) => isApiRule(manifest) && (isLive(manifest) || manifest.body['status'] !== undefined)).map(statusOf);
}

function statusOf(manifest: Manifest): ApiRuleStatus {
  const status = objectAt(manifest.body, 'status');
  const description = textOf(status['description']);
  const lastReconcile = textOf(status['lastProcessedTime']);
  const change = lastChange(manifest);
  const specChange = lastChange(manifest, 'spec');
  return {
    apiRule: `${namespaceOf(manifest)}/${manifest.name}`,
    state: textOf(status['state']) || 'unknown',
    ...(description !== '' && { description }),
    ...(lastReconcile !== '' && { lastReconcile }),
    ...(change && { lastChange: change }),
    ...(specChange && { lastSpecChange: specChange }),
    ...(manifest.annotations[originalVersion] === 'v1beta1' && { origin: 'v1beta1' as const }),
    isEmpty: listAt(objectAt(manifest.body, 'spec'), 'rules').length === 0,
    manifest,
  };
}
