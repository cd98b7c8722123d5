import { sorted } from '../../model/comparable-istio';
import { assumedLabel } from '../../model/service-workload';
import type { LiveInput } from './finding';

/** Tells selectors that the input does not know to the last label: of a Service that is not there, or that only a Function implies. */
export function unknownSelectors({ cluster }: LiveInput): (namespace: string, selector: Readonly<Record<string, string>>) => boolean {
  const implied = new Set(
    cluster.services
      .filter(({ manifest }) => manifest.kind === 'Function')
      .map(({ namespace, selector }) => JSON.stringify([namespace, sorted(selector)])),
  );
  return (namespace, selector) => selector[assumedLabel] !== undefined || implied.has(JSON.stringify([namespace, sorted(selector)]));
}
