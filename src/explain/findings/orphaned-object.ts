import { isApiRule } from '../../model/read-api-rules';
import { namespaceOf } from '../../model/object-ref';
import { isIstioObject, ownerOf } from '../live/owner';
import type { LiveCheck } from './finding';

export const orphanedObject: LiveCheck = {
  id: 'orphaned-istio-object',
  severity: 'medium',
  title: 'No Istio object outlives its APIRule',
  why: 'An object without its APIRule still routes, admits or asks for tokens, and nobody updates it.',
  fix: 'Delete the object, or bring the APIRule back.',
  check: ({ manifests }) => {
    const apiRules = new Set(manifests.filter(isApiRule).map((manifest) => `${namespaceOf(manifest)}/${manifest.name}`));
    // Without any APIRule in the input they were not asked for.
    if (apiRules.size === 0) return [];
    return manifests.filter(isIstioObject).flatMap((manifest) => {
      const owner = ownerOf(manifest);
      if (owner === undefined || apiRules.has(owner)) return [];
      return [{ manifest, path: ['metadata', 'labels'], message: `is labelled as made of APIRule ${owner}, which is not in the input` }];
    });
  },
};
