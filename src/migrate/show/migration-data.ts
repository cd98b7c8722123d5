import type { JsonObject } from '../../model/json';
import type { Manifest } from '../../model/manifest';
import { toPlainJson } from '../../model/plain-json';
import { describeCaller } from '../../model/search/describe-caller';
import type { InventoryEntry } from '../list/inventory';
import type { MigratedGroup } from '../migrate-groups';
import type { OldApiRule } from '../old-api-rule';
import { refOf } from '../plan/workload-group';
import type { Proof, RequestClass } from '../prove/prove';
import type { Translation } from '../translation';
import { apiRuleData, type Fate } from './api-rule-data';

/** What was decided about all groups together. */
export interface Decided {
  /** Groups with an APIRule that stands where nothing can be put in its place. */
  readonly refused: ReadonlyMap<MigratedGroup, readonly OldApiRule[]>;
  /** True when the proof has failed somewhere, so that nothing is written. */
  readonly hasFailed: boolean;
  /** Templates that APIRules were rendered from. */
  readonly templates: ReadonlyMap<Manifest, string>;
}

/** Everything that only a migration has, as the report holds it. */
export function migrationData(
  groups: readonly MigratedGroup[],
  decided: Decided,
  inventory: readonly InventoryEntry[],
  leftovers: readonly string[],
): JsonObject {
  return {
    rules: groups.flatMap((group) =>
      group.group.translations.map((translation) => apiRuleData(shownOf(translation, group), fateOf(translation.old, group, decided))),
    ),
    plan: groups.map(({ plan }) => toPlainJson(plan)),
    proof: groups.flatMap(({ group, proof }) =>
      proof
        ? [
            proofData(
              group.translations.map(({ old }) => refOf(old)),
              proof,
            ),
          ]
        : [],
    ),
    inventory: inventory.map((entry) => toPlainJson(entry)),
    ...(leftovers.length > 0 && { leftovers: [...leftovers] }),
  };
}

/** What a reviewer sees of an APIRule: its new form also where it is not written. */
function shownOf({ old, notes }: Translation, { proposals }: MigratedGroup): Translation {
  return { ...(proposals.get(old) ?? { old, origins: [] }), notes };
}

function fateOf(old: OldApiRule, group: MigratedGroup, { refused, hasFailed, templates }: Decided): Fate {
  const template = templates.get(old.manifest);
  const isWritten = !hasFailed && group.isWritten && !refused.has(group);
  return {
    file: old.manifest.file,
    line: old.manifest.locate([]).line,
    ...(template !== undefined && { template }),
    isWritten,
    ...(!isWritten && { why: whyNot(refOf(old), group, refused.get(group) ?? []) }),
  };
}

function whyNot(own: string, { plan, proof }: MigratedGroup, refused: readonly OldApiRule[]): string {
  const names = [...plan.blockedBy, ...refused.map(refOf)];
  if (names.includes(own)) return 'it cannot be migrated yet: something is left to do by hand';
  if (names.length > 0) return `APIRule ${names.join(', ')} cannot be migrated yet, and APIRules of one workload migrate together`;
  if (proof?.complete === true && proof.opened.length === 0) return 'the proof of another workload has failed, so that nothing is written';
  return proof && proof.opened.length > 0
    ? 'the proof has failed: a request that was refused would be let in'
    : 'the proof is not complete';
}

function proofData(apiRules: readonly string[], proof: Proof): JsonObject {
  const classes = (all: readonly RequestClass[]): JsonObject[] => all.map(requestData);
  return {
    apiRules: [...apiRules],
    complete: proof.complete,
    proven: proof.complete && proof.opened.length === 0,
    opened: classes(proof.opened),
    widened: classes(proof.widened),
    preflight: classes(proof.preflight),
    closed: classes(proof.closed),
    odd: classes(proof.odd),
    moved: classes(proof.moved),
    delegated: classes(proof.delegated),
    open: [...proof.open],
  };
}

function requestData({ host, methods, path, caller, before, after }: RequestClass): JsonObject {
  return { methods: [...methods], host, path, caller: describeCaller(caller), before, after };
}
