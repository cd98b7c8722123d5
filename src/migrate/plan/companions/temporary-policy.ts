import type { JsonObject } from '../../../model/json';
import type { AuthorizationPolicy, PolicyOperation } from '../../../model/istio';
import { ingressPrincipal } from '../../../model/mesh';
import { isFullHost } from '../../../model/names';
import { allowPolicy, type SelectableWorkload } from './policy-object';

/** Identity under which Oathkeeper calls the workloads of old APIRules. */
const oathkeeperPrincipal = 'cluster.local/ns/kyma-system/sa/oathkeeper-maester-account';

/** Name of the temporary policy of a workload; it begins like that of Kyma's migration guides. */
export function temporaryName(workload: Pick<SelectableWorkload, 'name'>): string {
  return `allow-migration-${workload.name}`;
}

/** What the temporary policy of a workload lets through. */
export interface TemporaryAccess {
  /** True when an old rule goes through Oathkeeper. */
  readonly oathkeeper: boolean;
  /** Policies that the controller will make of the new public rules. */
  readonly publicPolicies: readonly AuthorizationPolicy[];
}

/**
 * Keeps old APIRules alive while the first new ones close the workload to everything else. It admits Oathkeeper, which still asks for what
 * the old rules ask for, and through the gateway exactly what the new public rules admit: nothing is open that will not stay open.
 *
 * @returns undefined when there is nothing to let through
 */
export function temporaryPolicy(workload: SelectableWorkload, access: TemporaryAccess): JsonObject | undefined {
  const operations = operationsOf(access);
  const rules = [
    ...(access.oathkeeper ? [{ from: [{ source: { principals: [oathkeeperPrincipal] } }] }] : []),
    ...(operations.length > 0
      ? [{ from: [{ source: { principals: [ingressPrincipal] } }], to: operations.map((operation) => ({ operation: plain(operation) })) }]
      : []),
  ];
  return rules.length > 0 ? allowPolicy(temporaryName(workload), workload, rules) : undefined;
}

/** The first host that a policy cannot name, because the domain of its gateway is not known. */
export function unnamedHost(access: TemporaryAccess): string | undefined {
  return operationsOf(access)
    .flatMap(({ hosts }) => hosts ?? [])
    .find((host) => !isFullHost(host));
}

function operationsOf({ publicPolicies }: TemporaryAccess): readonly PolicyOperation[] {
  return publicPolicies.flatMap(({ rules }) => rules.flatMap(({ to }) => to));
}

function plain({ hosts = [], methods = [], paths = [], notPaths }: PolicyOperation): JsonObject {
  return { hosts: [...hosts], methods: [...methods], paths: [...paths], ...(notPaths && { notPaths: [...notPaths] }) };
}
