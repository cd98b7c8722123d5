import type { CheckResult } from '../../model/check-result';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json';
import { objectAt, textOf } from '../../model/json-fields';
import { fullMatch } from '../../model/linear-regex';
import { readYamlDocument } from '../../model/read-yaml-document';
import { splitDocuments } from '../../model/split-documents';
import { jsonValuesOf } from '../../model/read-json-text';
import type { PatchTarget } from './kustomization';
import { manualWork } from './manual-work';

/** A patch that changes APIRules: the work that it leaves, and which objects it changes. */
export interface ApiRulePatch {
  readonly result: CheckResult;
  /** Names that it applies to. */
  readonly appliesTo: (name: string) => boolean;
  /** True when it changes what decides who may call what: rules, the workload behind them, or origins. */
  readonly changesAccess: boolean;
}

/** Stands for a patch that replaces the spec as a whole. */
const wholeSpec = '*';

/** Members of an old spec, and what became of them. */
const counterparts: Readonly<Record<string, string>> = {
  host: 'spec.host is now spec.hosts, a list of one',
  gateway: 'spec.gateway is now namespace/name',
  service: 'spec.service has no host any more',
  rules: 'spec.rules may hold more rules, in another order, with noAuth, jwt or extAuth in the place of accessStrategies',
  corsPolicy: 'spec.corsPolicy.maxAge is now a number of seconds',
};

/**
 * Patches of APIRules in a text, which is a file or stands in a file of kustomize: merge patches that are APIRules with parts only, and lists
 * of operations on one.
 */
export function patchesIn(
  text: string,
  place: { readonly file: string; readonly line: number },
  target: PatchTarget,
): readonly ApiRulePatch[] {
  return [...splitDocuments(text)].flatMap((range) => {
    const where = { file: place.file, line: place.line + range.line - 1 };
    return valuesOf(text, { file: place.file, text, ...range, column: 1 }).flatMap((value) => {
      if (isJsonObject(value)) return mergePatch(value, target, where);
      return Array.isArray(value) ? operations(value, target, where) : [];
    });
  });
}

function valuesOf(text: string, slice: Parameters<typeof readYamlDocument>[0]): readonly JsonValue[] {
  const json = jsonValuesOf(slice, slice.end - slice.start);
  if (json) return json.map(({ start, end }) => JSON.parse(text.slice(start, end)) as JsonValue);
  const read = readYamlDocument(slice);
  return 'problem' in read ? [] : [read.value];
}

function mergePatch(value: JsonObject, target: PatchTarget, where: { readonly file: string; readonly line: number }): ApiRulePatch[] {
  if (value['kind'] !== 'APIRule') return [];
  const members = Object.keys(objectAt(value, 'spec'));
  const name = target.name ?? textOf(objectAt(value, 'metadata')['name']);
  return [patchOf(where, 'a patch', name, textOf(value['apiVersion']), members)];
}

function operations(
  value: readonly JsonValue[],
  target: PatchTarget,
  where: { readonly file: string; readonly line: number },
): ApiRulePatch[] {
  const paths = value
    .flatMap((entry) => (isJsonObject(entry) ? [textOf(entry['path']), textOf(entry['from'])] : []))
    .filter((path) => path !== '');
  const { kind } = target;
  const isOther =
    kind === undefined
      ? !paths.some((path) => /^\/spec(?:\/(?:rules|gateway|host|corsPolicy)\b|$)/.test(path))
      : fullMatch(kind)?.('APIRule') !== true;
  if (isOther) return [];
  const members = [
    ...new Set(paths.flatMap((path) => (path === '/spec' || path === '' ? wholeSpec : (/^\/spec\/([^/]+)/.exec(path)?.[1] ?? [])))),
  ];
  return [patchOf(where, 'a list of operations', target.name ?? '.*', '', members)];
}

function patchOf(
  where: { readonly file: string; readonly line: number },
  what: string,
  name: string,
  version: string,
  members: readonly string[],
): ApiRulePatch {
  const changed =
    members.length === 0
      ? 'nothing of its spec'
      : members.map((member) => (member === wholeSpec ? 'all of its spec' : `spec.${member}`)).join(', ');
  const now = members.filter((member) => member !== wholeSpec).flatMap((member) => counterparts[member] ?? []);
  const versioned = version === '' ? [] : [`set apiVersion to gateway.kyma-project.io/v2 (it is ${version})`];
  return {
    appliesTo: (candidate) => candidate === name || fullMatch(name)?.(candidate) === true,
    changesAccess: members.some((member) => ['rules', 'service', 'corsPolicy', wholeSpec].includes(member)),
    result: manualWork(
      'migrate-patch',
      where,
      `${what} of APIRule ${name} changes ${changed}; it is left as it is, since a patch is no whole APIRule`,
      `Migrate what kustomize builds (kustomize build … | kyma-guard migrate -), then rewrite base and patch together: ${[...versioned, ...now].join('; ') || 'check its paths against version 2'}.`,
    ),
  };
}
