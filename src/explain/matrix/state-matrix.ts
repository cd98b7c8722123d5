import { groupBy } from '../../model/group-by';
import { whyUnknown, type RefusedApiRule } from '../refused/refused-api-rules';
import type { State } from '../state';
import { buildMatrix } from './build-matrix';
import type { AccessRow, HostAccess, Matrix } from './matrix';

/** The host of an APIRule of which not even the hosts can be read. */
const unreadableHost = '(host not readable)';

/**
 * The matrix of everything that was asked about, with APIRules that change nothing as they are: those that cannot be read have a row of their
 * own, and of the others it is said that their rows are not in force.
 *
 * @param bare Services (`namespace/name`) with Pods that have no sidecar
 */
export function stateMatrix(state: State, bare: ReadonlySet<string>): Matrix {
  const own = new Set(state.manifests);
  const refused = state.refused.filter(({ manifest }) => own.has(manifest));
  const { hosts } = buildMatrix(state.cluster, state.objects, bare);
  const isReported = reportedHosts(state);
  const read = groupBy(
    refused.filter(({ isRead }) => isRead),
    ({ apiRule }) => `APIRule ${apiRule}`,
  );
  const marked = new Map(hosts.filter(isReported).map((host) => [host.host, withNotes(host, read)]));
  for (const one of refused.filter(({ isRead }) => !isRead)) {
    for (const host of one.hosts.length === 0 ? [unreadableHost] : one.hosts) marked.set(host, withUnread(marked.get(host), host, one));
  }
  return { hosts: [...marked.values()].sort((a, b) => (a.host < b.host ? -1 : Number(a.host > b.host))) };
}

/** Tells hosts of what was asked about from those that only the context has. */
function reportedHosts({ manifests, context, objects }: State): (host: HostAccess) => boolean {
  if (context.length === 0) return () => true;
  const names = new Set(manifests.map(({ kind, namespace = 'default', name }) => `${kind} ${namespace}/${name}`));
  const own = objects.virtualServices.filter(({ namespace, name }) => names.has(`VirtualService ${namespace}/${name}`));
  const hosts = new Set(own.flatMap((service) => service.hosts));
  return ({ host, apiRules }) => hosts.has(host) || apiRules.some((name) => names.has(name));
}

function withNotes(host: HostAccess, read: ReadonlyMap<string, readonly RefusedApiRule[]>): HostAccess {
  const here = host.apiRules.flatMap((name) => read.get(name) ?? []);
  return { ...host, notes: [...host.notes, ...here.map((one) => `the rows are not in force, and what is, is ${whyUnknown(one)}`)] };
}

function withUnread(host: HostAccess | undefined, name: string, refused: RefusedApiRule): HostAccess {
  const { apiRules = [], rows = [], notes = [] } = host ?? {};
  const rule = `APIRule ${refused.apiRule}`;
  const row: AccessRow = {
    ...{ path: '(not readable)', methods: [], access: 'unknown', callers: [], authorizers: [], rule, decidedBy: [] },
    ...{ example: '', part: false, missing: whyUnknown(refused), notes: [] },
  };
  return {
    host: name,
    apiRules: [...apiRules, rule],
    rows: [...rows, row],
    otherwise: 'unknown',
    ...(host?.corsOrigins && { corsOrigins: host.corsOrigins }),
    notes,
  };
}
