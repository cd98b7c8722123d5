import type { JsonObject } from '../../../model/json';
import type { GroupWorkload } from '../group-workload';
import { publicPoliciesOf, type Migrating } from '../migrating';
import type { PlanContext } from '../plan-context';
import { policyNameTaken, serviceUnknown, domainUnknown } from '../plan-warnings';
import { servicesOf } from '../workload-group';
import type { PlanWarning } from '../workload-plan';
import { closedBaseline } from './closed-baseline';
import { internalPolicy } from './internal-policy';
import { isSelectable, placeOf, type SelectableWorkload } from './policy-object';
import { temporaryPolicy, unnamedHost } from './temporary-policy';

/** The policies beside the APIRules of a group. */
export interface Companions {
  /** Keep the old APIRules alive; deleted at the end. */
  readonly temporary: readonly JsonObject[];
  /** Stay: internal callers and closed baselines. */
  readonly lasting: readonly JsonObject[];
  /** True when the policies can be there before the first new APIRule without shutting an old one out. */
  readonly first: boolean;
  readonly warnings: readonly PlanWarning[];
}

/** Writes the policies of a group; what cannot be written is a warning. */
export function companionsOf(workloads: readonly GroupWorkload[], all: readonly Migrating[], context: PlanContext): Companions {
  const parts = workloads.map((workload) => {
    const reaching = all.filter(({ old }) => leadsTo(old, workload));
    if (isSelectable(workload)) return ofWorkload(workload, reaching, context);
    return { temporary: [], lasting: [], first: false, warnings: [serviceUnknown(workload, reaching, context.settings)] };
  });
  return {
    temporary: parts.flatMap(({ temporary }) => temporary),
    lasting: parts.flatMap(({ lasting }) => lasting),
    first: parts.length > 0 && parts.every(({ first }) => first),
    warnings: parts.flatMap(({ warnings }) => warnings),
  };
}

function ofWorkload(workload: SelectableWorkload, reaching: readonly Migrating[], context: PlanContext): Companions {
  const access = {
    oathkeeper: reaching.some(({ oathkeeper }) => oathkeeper),
    publicPolicies: publicPoliciesOf(reaching, workload, context.cluster),
  };
  const unnamed = unnamedHost(access);
  const temporary = unnamed === undefined ? temporaryPolicy(workload, access) : undefined;
  const lasting = lastingPolicies(workload, context);
  const taken = [...(temporary ? [temporary] : []), ...lasting].filter((policy) => context.policies.get(placeOf(policy)) === 'foreign');
  return {
    temporary: temporary ? [temporary] : [],
    lasting,
    first: unnamed === undefined,
    warnings: [...(unnamed === undefined ? [] : [domainUnknown(workload, unnamed)]), ...taken.map(policyNameTaken)],
  };
}

function leadsTo(old: Migrating['old'], { services, namespace }: GroupWorkload): boolean {
  const names = new Set(services.map((name) => `${namespace}/${name}`));
  return servicesOf(old).some((service) => names.has(service));
}

function lastingPolicies(workload: SelectableWorkload, { closing, settings }: PlanContext): JsonObject[] {
  const { internalCallers } = settings;
  const closed = (closing.get(workload.namespace) ?? []).some(({ selector }) =>
    Object.entries(selector).every(([key, value]) => workload.selector[key] === value),
  );
  return [...(internalCallers ? [internalPolicy(workload, internalCallers)] : []), ...(closed ? [] : [closedBaseline(workload)])];
}
