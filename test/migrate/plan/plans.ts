import type { JsonObject } from '../../../src/model/json';
import { readInternalCallers } from '../../../src/migrate/plan/internal-callers';
import { planMigration } from '../../../src/migrate/plan/plan';
import { groupByWorkload } from '../../../src/migrate/plan/workload-group';
import type { PlanSettings, WorkloadPlan } from '../../../src/migrate/plan/workload-plan';
import type { Translation } from '../../../src/migrate/translation';
import { service } from '../../support/model';
import { manifestsFrom, migration, oldApiRule, oldRule } from '../../support/migrations';

/** The Namespace of everything, with sidecars. */
export const inMesh: JsonObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } },
};

export const deployment: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'orders', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'orders' } }, template: { metadata: { labels: { app: 'orders' } } } },
};

/** A Function `shop/orders`, whose Pods have the given labels. */
export function functionNamed(labels: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'serverless.kyma-project.io/v1alpha2',
    kind: 'Function',
    metadata: { name: 'orders', namespace: 'shop' },
    spec: { runtime: 'nodejs22', labels },
  };
}

/** What stands around the APIRules: a Service, its Pods and their Namespace. */
export const around = [service(), inMesh, deployment];

/** `/admin` with tokens of Dex before everything else for everybody. */
export const shop = migration(oldApiRule('shop', [oldRule('/admin', 'jwt'), oldRule('/.*', 'allow')]), [
  '/admin https://id.example',
  '/* noAuth',
]);
export const other = migration(oldApiRule('other', [oldRule('/.*', 'noop')]), ['/* noAuth']);
export const foreign = migration(oldApiRule('foreign', [oldRule('/.*', 'jwt')]), ['/* https://foreign.example']);

/** The new form of an APIRule, when there is one. */
export function written({ apiRule }: Translation): JsonObject[] {
  return apiRule ? [apiRule] : [];
}

/** The plan of one workload. */
export function planOf(
  translations: readonly Translation[],
  objects: readonly JsonObject[] = around,
  settings: PlanSettings = {},
): WorkloadPlan {
  const manifests = manifestsFrom(...objects);
  const [plan, ...more] = planMigration(groupByWorkload(translations, manifests), manifests, settings);
  if (!plan || more.length > 0) throw new Error('one plan was expected');
  return plan;
}

/** Settings that let callers inside the cluster in. */
export function callers(...texts: string[]): PlanSettings {
  const internalCallers = readInternalCallers(texts);
  return internalCallers ? { internalCallers } : {};
}

/** The companions of a plan by name. */
export function policiesOf(plan: WorkloadPlan): Record<string, unknown> {
  return Object.fromEntries(plan.companions.map(({ metadata, spec }) => [(metadata as { name: string }).name, spec]));
}
