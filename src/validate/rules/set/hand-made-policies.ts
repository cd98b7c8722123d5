import type { JsonObject } from '../../../model/json';
import { objectAt, objectsAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf } from '../../../model/object-ref';
import { isDryRun } from '../../../model/read-istio-objects';
import { selects, type Selecting } from '../../../model/select-workload';
import type { Verdict } from '../../../model/verdict';
import { meshNamespace } from '../../../model/mesh';
import { exposuresOf, isProtected, type Exposure } from '../../exposures-of';
import { labelIndex } from '../../../model/label-index';
import { groupBy } from '../../../model/group-by';
import { handMade } from '../../objects-of';
import type { SetInput } from '../../rule';

/** An AuthorizationPolicy that no controller made, as written. */
export interface HandMadePolicy extends Selecting {
  readonly manifest: Manifest;
  readonly action: string;
  readonly rules: readonly (readonly [JsonObject, number])[];
}

/** AuthorizationPolicies of the input that no controller made of an APIRule. */
export function handMadePolicies(input: SetInput): readonly HandMadePolicy[] {
  return input.shared('hand-made policies', () =>
    handMade(input, 'AuthorizationPolicy.security.istio.io').map((manifest) => {
      const spec = objectAt(manifest.body, 'spec');
      return {
        ...selectingOf(manifest),
        manifest,
        action: isDryRun(manifest) ? 'AUDIT' : textOf(spec['action']) || 'ALLOW',
        rules: objectsAt(spec, 'rules'),
      };
    }),
  );
}

/** The Pods that an Istio object is for. */
export function selectingOf(manifest: Manifest): Selecting {
  const labels = objectAt(objectAt(objectAt(manifest.body, 'spec'), 'selector'), 'matchLabels');
  const selector = Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, textOf(value)]));
  return { namespace: namespaceOf(manifest), name: manifest.name, selector };
}

/** A protected rule whose Pods an object is for; `unknown` when that cannot be told of any. */
export function protectedBehind(input: SetInput, object: Selecting): Exposure | 'unknown' | undefined {
  let doubt = false;
  for (const exposure of protectedNear(input, object)) {
    const verdict: Verdict = selects(object, exposure.workload, false);
    if (verdict === true) return exposure;
    if (verdict !== false) doubt = true;
  }
  return doubt ? 'unknown' : undefined;
}

function protectedNear(input: SetInput, { namespace, selector }: Selecting): readonly Exposure[] {
  const everywhere = input.shared('protected exposures', () => exposuresOf(input).filter(isProtected));
  if (namespace === meshNamespace) return everywhere;
  const byNamespace = input.shared('protected exposures by label', () => {
    const groups = groupBy(everywhere, (exposure) => exposure.namespace);
    return new Map([...groups].map(([name, group]) => [name, labelIndex(group, ({ workload }) => workload.labels)] as const));
  });
  return byNamespace.get(namespace)?.(selector) ?? [];
}
