import type { Decision } from '../../model/access';
import type { AuthorizationPolicy, HttpRoute, IstioObjects } from '../../model/istio';
import { matchesOperation } from '../../model/match-policy';
import { readRequest } from '../../model/normalize-request';
import { anonymous } from '../../model/search/caller';
import type { HostSearch } from '../../model/search/search-host';
import { nameOfPolicy, nameOfRule } from '../name-of-policy';
import { oddCharacter } from '../odd-path';
import { alternativesAt, callerClasses, type Admission, type Alternative } from './caller-classes';
import type { AccessKind, AccessRow } from './matrix';

/** Access of one method to one path. */
export interface Cell {
  readonly method: string;
  readonly path: string;
  readonly access: Exclude<AccessKind, 'unreached'>;
  readonly detail: Pick<AccessRow, 'callers' | 'authorizers' | 'decidedBy' | 'missing'>;
  /** Absent where not even the route is known. */
  readonly route?: HttpRoute;
  /** What becomes of a caller without a token. */
  readonly decision: Decision;
  /** True for a path that is refused since no operator of a policy matches one of its characters. @default false */
  readonly isOdd?: boolean;
}

/** Tells for each method and path of a host who gets through; nothing for a request that no route takes. */
export function cellsOf(search: HostSearch, methods: readonly string[]): Cell[] {
  const alternatives = alternativeFinder(search);
  return methods.flatMap((method) => search.paths.flatMap((path) => cellOf(search, method, path, alternatives) ?? []));
}

type Alternatives = (decision: Decision, method: string, path: string) => readonly Alternative[];

function alternativeFinder({ scope, jwtRules }: HostSearch): Alternatives {
  const known = new Map<HttpRoute, readonly Alternative[]>();
  return ({ route, destination }, method, path) => {
    const request = readRequest({ host: scope.host, method, target: path, headers: {} });
    if (!route || !destination || 'refused' in request) return [];
    const all = known.get(route) ?? alternativesAt(scope.objects.authorizationPolicies, destination.workload, jwtRules);
    known.set(route, all);
    return all.filter(({ rule: { to } }) => to.length === 0 || to.some((operation) => matchesOperation(operation, request) !== false));
  };
}

function cellOf(search: HostSearch, method: string, path: string, alternatives: Alternatives): Cell | undefined {
  const [decision] = search.decideFor(method, path, anonymous);
  if (!decision || decision.status === 404 || decision.status === 400) return undefined;
  if (isOathkeeper(decision)) return { method, path, decision, ...(decision.route && { route: decision.route }), ...oathkeeper };
  const found = accessOf(search, method, path, decision, alternatives(decision, method, path));
  // Nobody means such paths, so that they are told in a note and not in rows.
  const isOdd = found.access === 'closed' && oddCharacter(path) !== undefined;
  return { method, path, decision, ...(decision.route && { route: decision.route }), ...found, ...(isOdd && { isOdd }) };
}

/** Requests of rules in version v1beta1 may lead to Ory Oathkeeper, which decides by rules of its own. */
const oathkeeper: Found = {
  access: 'unknown',
  detail: {
    callers: [],
    authorizers: [],
    decidedBy: [],
    missing: 'unknown because Ory Oathkeeper decides, and its rules are not in the input',
  },
};

function isOathkeeper({ destination }: Decision): boolean {
  return destination?.namespace === 'kyma-system' && destination.service === 'ory-oathkeeper-proxy';
}

type Found = Pick<Cell, 'access' | 'detail'>;

function accessOf(search: HostSearch, method: string, path: string, decision: Decision, alternatives: readonly Alternative[]): Found {
  if (decision.verdict === 'forward')
    return { access: 'public', detail: { callers: [], authorizers: [], decidedBy: [admitting(decision)] } };
  if (isAsked(decision)) return asked(search.scope.objects, decision, { callers: [], decidedBy: [] });
  const judged = alternatives.map((alternative) => ({
    alternative,
    outcomes: alternative.callers.flatMap((caller) =>
      search.decideFor(method, path, caller).map((outcome) => ({ caller, decision: outcome })),
    ),
  }));
  const admissions: Admission[] = judged
    .map(({ alternative, outcomes }) => ({ alternative, admitted: outcomes.filter((outcome) => getsIn(outcome.decision)) }))
    .filter(({ admitted }) => admitted.length > 0);
  const { callers, decidedBy } = callerClasses(admissions, search.jwtRules);
  const custom = admissions.flatMap(({ admitted }) => admitted).find((outcome) => isAsked(outcome.decision));
  if (custom) return asked(search.scope.objects, custom.decision, { callers, decidedBy });
  if (callers.length > 0) return { access: isTokenNeeded(admissions) ? 'jwt' : 'public', detail: { callers, authorizers: [], decidedBy } };
  const open = [decision, ...judged.flatMap(({ outcomes }) => outcomes.map((outcome) => outcome.decision))].find(
    ({ verdict }) => verdict === 'unknown',
  );
  if (open) return { access: 'unknown', detail: { callers: [], authorizers: [], decidedBy: [], missing: open.missing ?? 'unknown' } };
  return { access: 'closed', detail: { callers: [], authorizers: [], decidedBy: [decision.why.at(-1)?.text ?? ''] } };
}

function asked(objects: IstioObjects, decision: Decision, detail: Pick<AccessRow, 'callers' | 'decidedBy'>): Found {
  const step = decision.why.at(-1);
  const policies = objects.authorizationPolicies.filter(
    ({ action, origin }) => action === 'CUSTOM' && (step?.origin === undefined || sameOrigin(origin, step.origin)),
  );
  const here = policies.filter((policy) => policy.provider !== undefined && step?.text.includes(policy.provider));
  const authorizers = [...new Set((step?.origin ? policies : here).flatMap(({ provider }) => provider ?? []))].sort();
  const by = step?.origin ? [nameOfRule(step.origin)] : here.map(nameOfPolicy);
  return { access: 'extAuth', detail: { ...detail, authorizers, decidedBy: [...new Set([...detail.decidedBy, ...by])].sort() } };
}

function sameOrigin(a: AuthorizationPolicy['origin'], b: NonNullable<AuthorizationPolicy['origin']>): boolean {
  return a?.apiRule === b.apiRule && a.rule === b.rule;
}

function isAsked({ verdict, why }: Decision): boolean {
  return verdict === 'unknown' && why.at(-1)?.stage === 'custom';
}

function getsIn(decision: Decision): boolean {
  return decision.verdict === 'forward' || isAsked(decision);
}

function isTokenNeeded(admissions: readonly Admission[]): boolean {
  return admissions.every(({ admitted }) => admitted.every(({ caller }) => caller.issuer !== undefined));
}

function admitting({ admittedBy, why }: Decision): string {
  if (admittedBy) return nameOfRule(admittedBy);
  const text = why.at(-1)?.text ?? '';
  const policy = /^policy (\S+) admits it$/.exec(text)?.[1];
  return policy === undefined ? text : `AuthorizationPolicy ${policy}`;
}
