import { formatJsonPath, type JsonObject } from '../../model/json';
import { listAt, objectAt, objectsAt, textOf } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { namespaceOf, objectRef } from '../../model/object-ref';
import { isApiRule } from '../../model/read-api-rules';
import type { MigrationInput } from '../input/read-input';
import { servicesNamed } from '../input/services-named';
import type { MigratedGroup } from '../migrate-groups';
import { placesToName } from '../input/unnamed-authorizers';
import type { OldApiRule } from '../old-api-rule';
import type { Note } from '../translation';
import { refOf } from '../plan/workload-group';
import { isOldApiRule } from '../read/read-old-api-rule';

/**
 * How far an APIRule has come. `done`: version 2. `old`: of a version that Kyma no longer reconciles. `half-migrated`: header of one version over
 * the body of another. `unfinished`: version 2, with work that is left by hand. `unread`: nobody knows before it is corrected or its placeholders are filled in.
 */
export type ApiRuleState = 'done' | 'old' | 'half-migrated' | 'unfinished' | 'unread';

/** One APIRule of the input. */
export interface InventoryEntry {
  /** `namespace/name`. */
  readonly apiRule: string;
  readonly file: string;
  readonly line: number;
  /** Where it was found: in a tree, or only in the dump of the cluster. */
  readonly where: 'tree' | 'cluster';
  readonly state: ApiRuleState;
  readonly version: string;
  /** Services (`namespace/name`) that it leads to. */
  readonly services: readonly string[];
  /** Handlers of an old one, strategies of a new one. */
  readonly handlers: readonly string[];
  readonly issuers: readonly string[];
  /** What is to be done before it is finished; empty when nothing but the migration itself. */
  readonly missing: readonly string[];
}

/** Every APIRule of trees and cluster, and how far it has come; those of a tree come first. */
export function inventoryOf(input: MigrationInput, groups: readonly MigratedGroup[]): readonly InventoryEntry[] {
  const read = new Map(groups.flatMap(({ group }) => group.translations.map(({ old, notes }) => [refOf(old), { old, notes }] as const)));
  const trees = [...input.sources.flatMap(({ manifests }) => manifests), ...input.unfinished].filter(isApiRule);
  const known = new Set(trees.map((manifest) => `${namespaceOf(manifest)}/${manifest.name}`));
  const cluster = input.live.filter((manifest) => isApiRule(manifest) && !known.has(`${namespaceOf(manifest)}/${manifest.name}`));
  const entry = (manifest: Manifest, where: InventoryEntry['where']): InventoryEntry => {
    const found = isOldApiRule(manifest) ? read.get(`${namespaceOf(manifest)}/${manifest.name}`) : undefined;
    const missing = found ? manualOf(found.notes) : placesToName(manifest).map((path) => `${formatJsonPath(path)} is still to be named`);
    return { ...placeOf(manifest), where, ...(found ? oldFacts(found.old) : newFacts(manifest)), missing };
  };
  return [...trees.map((manifest) => entry(manifest, 'tree')), ...cluster.map((manifest) => entry(manifest, 'cluster'))];
}

function manualOf(notes: readonly Note[]): string[] {
  return notes.filter(({ effect }) => effect === 'manual').map(({ message }) => message);
}

function placeOf(manifest: Manifest): Pick<InventoryEntry, 'apiRule' | 'file' | 'line' | 'version' | 'services'> {
  return {
    apiRule: `${namespaceOf(manifest)}/${manifest.name}`,
    file: manifest.file,
    line: manifest.locate([]).line,
    version: manifest.apiVersion.replace(/^.*\//, ''),
    services: [...new Set(servicesNamed(manifest))],
  };
}

type Facts = Pick<InventoryEntry, 'state' | 'handlers' | 'issuers'>;

function oldFacts({ rules, manifest, foundIn }: OldApiRule): Facts {
  const strategies = rules.flatMap(({ accessStrategies }) => accessStrategies);
  const isMixed = foundIn === 'spec' && /\/v2(?:alpha1)?$/.test(manifest.apiVersion);
  return {
    state: isMixed ? 'half-migrated' : 'old',
    handlers: [...new Set(strategies.map(({ handler }) => handler))].sort(),
    issuers: [...new Set(strategies.flatMap(({ config }) => issuersIn(config)))].sort(),
  };
}

function issuersIn(config: JsonObject): string[] {
  const named = listAt(config, 'trusted_issuers').map((value) => textOf(value));
  return [...named, ...objectsAt(config, 'authentications').map(([entry]) => textOf(entry['issuer']))];
}

function newFacts(manifest: Manifest): Facts {
  if (isOldApiRule(manifest)) return { state: 'unread', handlers: [], issuers: [] };
  const rules = objectsAt(objectAt(manifest.body, 'spec'), 'rules').map(([rule]) => rule);
  const strategies = ['noAuth', 'jwt', 'extAuth'].filter((name) => rules.some((rule) => rule[name] !== undefined));
  const issuers = rules.flatMap((rule) => objectsAt(objectAt(rule, 'jwt'), 'authentications').map(([entry]) => textOf(entry['issuer'])));
  const state = placesToName(manifest).length > 0 ? 'unfinished' : 'done';
  return { state, handlers: strategies, issuers: [...new Set(issuers)].sort() };
}

/** Objects that are needed only on the way: temporary policies of a migration, and rules of Oathkeeper. */
export function leftoversOf(manifests: readonly Manifest[]): readonly string[] {
  return manifests.filter(isLeftover).map((manifest) => `${objectRef(manifest)} at ${manifest.file}:${manifest.locate([]).line}`);
}

function isLeftover({ kind, name, apiVersion }: Manifest): boolean {
  if (kind === 'AuthorizationPolicy') return name === 'allow-migration' || name.startsWith('allow-migration-');
  return kind === 'Rule' && apiVersion.startsWith('oathkeeper.ory.sh/');
}
