import { comparablePolicy, comparableAuthentication, comparableService, type Comparable } from '../../model/comparable-istio';
import type { AuthorizationPolicy, IstioObjects, RequestAuthentication, VirtualService } from '../../model/istio';
import { isJsonObject, type JsonValue } from '../../model/json';
import type { Manifest } from '../../model/manifest';
import { namespaceOf } from '../../model/object-ref';
import { toPlainJson } from '../../model/plain-json';
import { translate } from '../../model/translate';
import { groupBy } from '../../model/group-by';
import type { ApiRuleStatus } from '../live/api-rule-status';
import { lastChange } from '../live/live-object';
import { isIstioObject, ownerOf } from '../live/owner';
import { unknownSelectors } from './unknown-selectors';
import { differences } from './differences';
import type { LiveCheck, LiveFinding, LiveInput } from './finding';

export const objectDiffers: LiveCheck = {
  id: 'istio-object-differs',
  severity: 'medium',
  title: 'The Istio objects of each APIRule are what the controller would make of it now',
  why: 'The data plane obeys the objects, not the APIRule: what differs is what is really in force.',
  fix: 'Undo changes by hand, or change the APIRule, so that the controller writes the objects anew.',
  check: (input) => {
    const expected = ownedBy(expectedObjects(input), () => undefined);
    const byPlace = new Map(input.manifests.filter(isIstioObject).map((manifest) => [placeOf(manifest.kind, manifest), manifest]));
    const actual = ownedBy(input.cluster.istio, (kind, object) => byPlace.get(placeOf(kind, { ...object })));
    const isUnknown = unknownSelectors(input);
    const known = new Set(input.cluster.apiRules.map(({ namespace, name }) => `${namespace}/${name}`));
    return input.statuses
      .filter(({ apiRule, origin }) => origin === undefined && known.has(apiRule) && actual.has(apiRule))
      .flatMap((status) => compareOwned(status, actual.get(status.apiRule) ?? [], expected.get(status.apiRule) ?? [], isUnknown));
  },
};

/** A real or expected object in the form in which both are compared. */
interface Owned {
  readonly kind: string;
  readonly owner: string;
  /** Rule that an expected object is made of. */
  readonly rule?: number;
  readonly manifest?: Manifest;
  readonly object: Comparable;
}

function expectedObjects({ cluster }: LiveInput): IstioObjects {
  const istio = { virtualServices: [], requestAuthentications: [], authorizationPolicies: [] };
  return translate({ ...cluster, istio, realized: new Set() });
}

type Find = (kind: string, object: VirtualService | AuthorizationPolicy | RequestAuthentication) => Manifest | undefined;

/** Objects by the APIRule that they are made of. */
function ownedBy(objects: IstioObjects, find: Find): ReadonlyMap<string, readonly Owned[]> {
  const owned = (kind: string, source: Parameters<Find>[1], object: Comparable, made: string | undefined, rule?: number): Owned => {
    const manifest = find(kind, source);
    const owner = (manifest && ownerOf(manifest)) ?? made ?? '';
    return { kind, owner, object, ...(rule !== undefined && { rule }), ...(manifest && { manifest }) };
  };
  const all = [
    ...objects.virtualServices.map((one) =>
      owned('VirtualService', one, comparableService(one), one.http.find(({ origin }) => origin)?.origin?.apiRule),
    ),
    ...objects.authorizationPolicies.map((one) =>
      owned('AuthorizationPolicy', one, comparablePolicy(one), one.origin?.apiRule, one.origin?.rule),
    ),
    ...objects.requestAuthentications.map((one) => owned('RequestAuthentication', one, comparableAuthentication(one), one.apiRule)),
  ];
  return groupBy(all, ({ owner }) => owner);
}

function placeOf(kind: string, object: { readonly namespace?: string; readonly name: string }): string {
  return `${kind} ${namespaceOf(object)}/${object.name}`;
}

function compareOwned(
  status: ApiRuleStatus,
  actual: readonly Owned[],
  expected: readonly Owned[],
  withoutSelector: (namespace: string, selector: Readonly<Record<string, string>>) => boolean,
): LiveFinding[] {
  const skip = expected.some(({ object }) => object.selector && withoutSelector(object.namespace, object.selector));
  const textOf = ({ kind, object }: Owned): string =>
    JSON.stringify([kind, inOrder(toPlainJson(skip ? { ...object, selector: {} } : object))]);
  const left = new Map(groupBy(actual, textOf));
  const missing = expected.filter((one) => {
    const text = textOf(one);
    const [same, ...others] = left.get(text) ?? [];
    left.set(text, others);
    return !same;
  });
  const surplus = [...left.values()].flat();
  const pairs = missing.map((want) => {
    const index = surplus.findIndex(({ kind }) => kind === want.kind);
    return { want, has: index < 0 ? undefined : surplus.splice(index, 1)[0] };
  });
  return [
    ...pairs.map(({ want, has }) => findingOf(status, want, has, skip)),
    ...surplus.flatMap(({ manifest }) => (manifest ? [{ manifest, message: `would not be made of APIRule ${status.apiRule} now` }] : [])),
  ];
}

/** Members in one order, so that equal values have equal texts. */
function inOrder(value: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isJsonObject(value)) return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, inOrder(member)]),
  );
}

function findingOf(status: ApiRuleStatus, want: Owned, has: Owned | undefined, skip: boolean): LiveFinding {
  if (!has?.manifest) {
    const of = want.rule === undefined ? '' : ` of spec.rules[${want.rule}]`;
    return { manifest: status.manifest, message: `lacks the ${want.kind}${of} that the controller would make now` };
  }
  const [is, should] = [has, want].map(({ object }) => toPlainJson(skip ? { ...object, selector: {} } : object));
  const fields = differences(is ?? null, should ?? null).join('; ');
  return {
    manifest: has.manifest,
    message: `is not what APIRule ${status.apiRule} would become now: ${fields}`,
    reason: historyOf(status, has.manifest),
  };
}

function historyOf({ lastReconcile, state }: ApiRuleStatus, manifest: Manifest): string {
  const change = lastChange(manifest);
  return [
    `APIRule in state ${state}, last reconciled ${lastReconcile ?? 'at a time that is not in the input'}`,
    change
      ? `object last changed by ${change.manager} at ${change.time}`
      : 'who changed the object is not in the input (--show-managed-fields)',
  ].join('; ');
}
