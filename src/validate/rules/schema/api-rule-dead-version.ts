import { isJsonObject } from '../../../model/json';
import { listAt, objectAt } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import type { Finding, ObjectRule } from '../../rule';
import { versionOf } from '../../schema/check-schema';
import { exampleSpec } from './example-objects';

const dead = new Set(['v1alpha1', 'v1beta1']);
const originAnnotation = 'gateway.kyma-project.io/original-version';
const specAnnotation = 'gateway.kyma-project.io/v1beta1-spec';

export const apiRuleDeadVersion: ObjectRule = {
  id: 'api-rule-dead-version',
  layer: 'schema',
  severity: 'high',
  title: 'APIRules have a version that Kyma serves',
  why: 'Kyma no longer reconciles versions v1alpha1 and v1beta1: changes have no effect, and what an earlier version of Kyma made of the object stays as it is, or goes.',
  fix: 'Rewrite it for gateway.kyma-project.io/v2.',
  refs: [
    'https://kyma-project.io/external-content/api-gateway/docs/user/apirule-migration/README.html',
    'Kyma: APIRule v2 custom resource',
  ],
  kinds: ['APIRule.gateway.kyma-project.io'],
  bad: `apiVersion: gateway.kyma-project.io/v1beta1
kind: APIRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  gateway: kyma-system/kyma-gateway
  service: { name: orders, port: 8080 }
  rules:
    - { path: "/.*", methods: [GET], accessStrategies: [{ handler: no_auth }] }
`,
  good: exampleSpec(''),
  check: ({ manifest }) => {
    if (dead.has(versionOf(manifest.apiVersion))) return [deadVersion(manifest)];
    return neverMigrated(manifest) ? [hiddenSpec(manifest)] : [];
  },
};

function deadVersion(manifest: Manifest): Finding {
  const message = `is ${manifest.apiVersion}, which Kyma no longer reconciles; nothing else of this object was checked`;
  return { manifest, path: ['apiVersion'], message, alone: true };
}

/** An APIRule v1beta1 that a cluster shows as v2 has no rules there. */
function neverMigrated({ annotations, body }: Manifest): boolean {
  const spec = body['spec'];
  return annotations[originAnnotation] === 'v1beta1' && (!isJsonObject(spec) || listAt(objectAt(body, 'spec'), 'rules').length === 0);
}

function hiddenSpec(manifest: Manifest): Finding {
  const message = `is an APIRule v1beta1 that the cluster shows as ${versionOf(manifest.apiVersion)} without its rules; its true spec is in the annotation ${specAnnotation}`;
  return {
    manifest,
    path: ['metadata', 'annotations', originAnnotation],
    message,
    fix: `Rewrite what the annotation ${specAnnotation} holds for gateway.kyma-project.io/v2, and apply that.`,
    reason: 'The controller sets state Error and writes that v1beta1 is no longer supported; nothing else of this object was checked',
    alone: true,
  };
}
