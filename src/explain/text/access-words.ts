import type { AccessKind, AccessRow, CallerClass } from '../matrix/matrix';
import { either } from './one-line';

/** How a kind of access is called in tables. */
export const accessNames: Readonly<Record<AccessKind, string>> = {
  public: 'public',
  jwt: 'JWT',
  extAuth: 'extAuth',
  closed: 'closed',
  unreached: 'unreached',
  unknown: 'unknown',
};

/** What is said of an input that exposes nothing. */
export const noHost = 'no host is exposed: there is no APIRule and no VirtualService in the input';

const everyPlace = 'header Authorization: Bearer, parameter access_token';

/** Who gets in, as lines: callers with the same issuers together, several issuers one under the other. */
export function callerLines(callers: readonly CallerClass[]): string[] {
  const groups = new Map<string, { first: CallerClass; demands: string[] }>();
  for (const caller of callers) {
    const key = JSON.stringify([caller.issuers, caller.tokenFrom, caller.conditions]);
    const group = groups.get(key) ?? { first: caller, demands: [] };
    group.demands.push(demandOf(caller));
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ first, demands }) => groupLines(first, demands.filter(Boolean).join(', or ')));
}

function groupLines({ issuers, conditions, tokenFrom }: CallerClass, demands: string): string[] {
  const places = tokenFrom.join(', ');
  const more = [
    ...(demands === '' ? [] : [demands]),
    ...(conditions.length > 0 ? [`where ${either(conditions, 'and')}`] : []),
    ...(places === '' || places === everyPlace ? [] : [`in ${places}`]),
  ].join(' ');
  if (issuers.length < 2) return [[issuers.length === 0 ? 'anybody' : `token of ${issuers.join('')}`, more].join(' ').trim()];
  return [`${['token', more].join(' ').trim()}, of any of:`, ...issuers.map((issuer) => `  ${issuer}`)];
}

function demandOf({ scopes, audiences }: CallerClass): string {
  const parts = [
    ...(scopes.length > 0 ? [`${scopes.length === 1 ? 'scope' : 'scopes'} ${either(scopes, 'and')}`] : []),
    ...(audiences.length > 0 ? [`audience ${either(audiences, 'and')}`] : []),
  ];
  return parts.length > 0 ? `with ${parts.join(' and ')}` : '';
}

/** The lines under a row: who gets in, which paths are meant, who decides where it is not the rule itself. */
export function rowDetails(row: AccessRow): string[] {
  const others = row.decidedBy.filter((name) => name !== row.rule && name !== '');
  return [
    ...(row.part ? [`such as ${row.example}`] : []),
    ...callerLines(row.callers),
    ...(row.authorizers.length > 0 ? [`asks ${either(row.authorizers, 'and')}`] : []),
    ...(others.length > 0 ? [`${deciding(row)} ${either(others, 'and')}`] : []),
    ...(row.missing === undefined ? [] : [row.missing]),
    ...row.notes.map((note) => `note: ${note}`),
  ];
}

function deciding({ access }: AccessRow): string {
  if (access === 'unreached') return 'its requests go to';
  return access === 'closed' ? 'refused:' : 'admitted by';
}

/** `namespace/name:port`, marked where the Service is not in the input. */
export function workloadText({ workload }: AccessRow): string {
  if (!workload) return '';
  return `${workload.namespace}/${workload.service}:${workload.port}${workload.assumed ? ' (assumed)' : ''}`;
}
