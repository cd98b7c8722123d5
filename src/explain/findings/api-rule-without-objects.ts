import { isIstioObject, ownerOf } from '../live/owner';
import { isLive } from '../live/live-object';
import type { LiveCheck } from './finding';

export const apiRuleWithoutObjects: LiveCheck = {
  id: 'api-rule-without-objects',
  severity: 'high',
  title: 'Each APIRule has its Istio objects',
  why: 'Without a VirtualService its hosts are answered 404; without AuthorizationPolicies of its own nothing that it asks for is enforced.',
  fix: 'Look at the state of the APIRule and at the log of the controller.',
  check: ({ manifests, statuses }) => {
    const made = manifests.filter((manifest) => isIstioObject(manifest) && isLive(manifest));
    // Kinds of which the input has no object at all were not asked for.
    const kinds = ['VirtualService', 'AuthorizationPolicy'].filter((kind) => made.some((manifest) => manifest.kind === kind));
    const owned = new Set(made.map((manifest) => `${manifest.kind} ${ownerOf(manifest) ?? ''}`));
    return statuses.flatMap(({ apiRule, manifest, origin }) => {
      const lacking = kinds.filter((kind) => !owned.has(`${kind} ${apiRule}`));
      return lacking.length === 0 || origin !== undefined
        ? []
        : [{ manifest, message: `has no ${lacking.join(' and no ')} in the cluster` }];
    });
  },
};
