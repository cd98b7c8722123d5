import type { ServiceFacts } from '../../model/read-services';
import type { ServiceIndex } from '../../model/service-workload';

/** Pods that one or several Services select, and that policies can be written for. */
export interface GroupWorkload {
  readonly namespace: string;
  /** Name of the first of its Services; names of policies are made of it. */
  readonly name: string;
  readonly services: readonly string[];
  /** Selector for policies; absent when no Service or Function of the input tells it. */
  readonly selector?: Readonly<Record<string, string>>;
  /** True when the Service is not in the input, so that equal names were taken for equal Pods. */
  readonly assumed: boolean;
  /** What was read of the Services. */
  readonly facts: readonly ServiceFacts[];
}

/**
 * The workloads behind Services. One whose selector asks for more than that of another is part of it: what is written for the wider
 * selector is in force on its Pods as well.
 *
 * @param services `namespace/name`, in the order in which workloads are wanted
 */
export function groupWorkloads(services: readonly string[], index: ServiceIndex): readonly GroupWorkload[] {
  const known = services.flatMap((service) => index.get(service) ?? []);
  const wide = known.filter((facts, at) => !known.some((other, place) => isWider(other, facts) || (place < at && isSame(other, facts))));
  const found = wide.map((facts): GroupWorkload => {
    const parts = known.filter((other) => other === facts || isWider(facts, other) || isSame(facts, other));
    const { namespace, name, selector } = facts;
    return { namespace, name, services: parts.map((part) => part.name), selector, assumed: false, facts: parts };
  });
  const assumed = services.filter((service) => !index.has(service)).map(assumedWorkload);
  return [...found, ...assumed].sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

function assumedWorkload(service: string): GroupWorkload {
  const [namespace = '', name = ''] = service.split('/');
  return { namespace, name, services: [name], assumed: true, facts: [] };
}

function isSame(a: ServiceFacts, b: ServiceFacts): boolean {
  return a !== b && covers(a, b) && covers(b, a);
}

function isWider(wide: ServiceFacts, narrow: ServiceFacts): boolean {
  return covers(wide, narrow) && !covers(narrow, wide);
}

/** True when every Pod that `narrow` selects is one that `wide` selects. */
function covers(wide: ServiceFacts, narrow: ServiceFacts): boolean {
  return wide.namespace === narrow.namespace && Object.entries(wide.selector).every(([key, value]) => narrow.selector[key] === value);
}
