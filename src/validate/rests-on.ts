import type { Decision } from '../model/access';
import type { Intent } from '../model/intent';
import type { JsonValue } from '../model/json';
import { listAt, objectAt } from '../model/json-fields';
import type { SetInput } from './rule';

/** The other rules that a finding about order rests on, as their manifests have them. */
export function ruleText({ apiRule, index }: Pick<Intent, 'apiRule' | 'index'>): JsonValue {
  const spec = objectAt(apiRule.manifest.body, 'spec');
  return [spec['hosts'] ?? null, listAt(spec, 'rules')[index] ?? null];
}

/** What lets a request in: a rule of an APIRule, or else the policies of the namespace of the workload. */
export function admittersText({ cluster, manifests }: SetInput, { admittedBy, destination }: Decision): JsonValue {
  if (!admittedBy) {
    const policies = manifests.filter(({ kind, namespace }) => kind === 'AuthorizationPolicy' && namespace === destination?.namespace);
    return policies.map(({ body }) => objectAt(body, 'spec'));
  }
  const apiRule = cluster.apiRules.find(({ namespace, name }) => `${namespace}/${name}` === admittedBy.apiRule);
  return apiRule ? ruleText({ apiRule, index: admittedBy.rule }) : null;
}
