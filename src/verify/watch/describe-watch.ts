import { checkResult, type CheckResult } from '../../model/check-result';
import type { JsonObject } from '../../model/json';
import { controlDoubt } from '../control-doubt';
import { routeRef } from '../describe';
import { targetsOf, tlsNotes, type Reach } from '../report-data';
import { isUntried, noCredentials, type TokenProblems } from '../untried-issuers';
import type { Endpoint } from '../endpoint';
import { incidentData, timeOf, type Tally } from './incidents';
import type { Watched, WatchedRoute } from './run-watch';

const docs = 'docs/verify.md#watching-a-change';
/** Incidents that a message lists; the data holds them all. */
const listed = 5;

/** Results of a watch: two per route, nobody got in, and every good call did. */
export function describeWatch({ routes, startedAt, endedAt }: Watched, problems: TokenProblems): CheckResult[] {
  const seconds = Math.round((endedAt - startedAt) / 1000);
  const closed = [
    ...new Map(routes.filter(({ endpoint }) => endpoint.intent !== 'public').map((route) => [route.endpoint, route])).values(),
  ];
  return [...closed.map((route) => anonymousResult(route, seconds)), ...routes.map((route) => validResult(route, seconds, problems))];
}

function anonymousResult({ endpoint, anonymous }: WatchedRoute, seconds: number): CheckResult {
  const base = {
    id: 'watch-anonymous',
    title: 'Nobody got in without a token while it was watched',
    severity: 'critical',
    docs,
    where: endpoint.where,
    route: routeRef(endpoint),
  } as const;
  if (anonymous.wrong > 0)
    return checkResult({
      ...base,
      status: 'fail',
      message: `${anonymous.wrong} of ${anonymous.requests} anonymous requests got in: ${timesOf(anonymous)}`,
      fix: 'Apply the policies before the route, or close the workload first; look at what was rolled out in these seconds.',
    });
  if (anonymous.answered === 0)
    return checkResult({ ...base, status: 'error', message: `undecided: none of ${anonymous.requests} anonymous requests was answered` });
  return checkResult({
    ...base,
    status: 'pass',
    message: `none of ${anonymous.requests} anonymous requests got in, over ${seconds} seconds`,
  });
}

function validResult({ endpoint, trust, calibration, valid }: WatchedRoute, seconds: number, problems: TokenProblems): CheckResult {
  const base = {
    id: 'watch-valid',
    title: 'Every good call got in while it was watched',
    severity: 'high',
    docs,
    where: endpoint.where,
    route: routeRef(endpoint, trust?.issuer),
  } as const;
  if (trust && isUntried(trust.issuer, endpoint, problems))
    return checkResult({ ...base, status: 'skip', message: `${trust.issuer} was not tried: ${noCredentials}` });
  const own = trust && calibration?.byIssuer.get(trust.issuer);
  const doubt = calibration && own?.control !== 'proven' ? controlDoubt(own ?? calibration.best, endpoint.hints) : undefined;
  // What was refused from the first call on was not broken by the change; nobody knows whether it works.
  if (doubt)
    return checkResult({ ...base, status: 'error', message: `undecided: ${doubt.sentence}, when the watch began`, fix: doubt.fix });
  if (valid.wrong > 0)
    return checkResult({
      ...base,
      status: 'fail',
      message: `${valid.wrong} of ${valid.requests} good calls did not get in: ${timesOf(valid)}`,
      fix: 'Let the new version be ready before the old one goes (readiness probe, maxUnavailable 0, preStop), and keep route and policies in place.',
    });
  if (valid.requests === 0) return checkResult({ ...base, status: 'error', message: 'undecided: no good call was sent' });
  return checkResult({ ...base, status: 'pass', message: `all of ${valid.requests} good calls got in, over ${seconds} seconds` });
}

function timesOf({ incidents }: Tally): string {
  const shown = incidents.slice(0, listed).map((one) => `${timeOf(one)} (${one.requests}, ${one.actual})`);
  const more = incidents.length - listed;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

/** What the report says beside the routes. */
export interface WatchFacts extends Reach {
  /** Endpoints that were not watched, because they write. */
  readonly left: readonly Endpoint[];
}

/** Everything that was seen, for `data`. */
export function watchData({ routes, startedAt, endedAt }: Watched, { requests, left, scope, baseOf, insecureTls }: WatchFacts): JsonObject {
  const tally = ({ requests: sent, answered, wrong, incidents }: Tally): JsonObject => ({
    requests: sent,
    answered,
    wrong,
    incidents: incidents.map(incidentData),
  });
  const watched = routes.map(({ endpoint, trust, anonymous, valid }) => ({
    route: { ...routeRef(endpoint, trust?.issuer) },
    ...(endpoint.intent !== 'public' && { anonymous: tally(anonymous) }),
    valid: tally(valid),
  }));
  const wrong = routes.reduce((sum, { anonymous, valid }) => sum + anonymous.wrong + valid.wrong, 0);
  const seconds = Math.round((endedAt - startedAt) / 1000);
  return {
    watch: { startedAt: new Date(startedAt).toISOString(), endedAt: new Date(endedAt).toISOString(), routes: watched },
    requests,
    scope: [...scope],
    targets: targetsOf(
      routes.map(({ endpoint }) => endpoint),
      baseOf,
    ),
    notes: [
      `Watched ${routes.length} ${routes.length === 1 ? 'route' : 'routes'} for ${seconds} seconds, ${requests} requests, ${wrong} of them wrong`,
      `Scope: loopback${scope.length === 0 ? '' : `, ${scope.join(', ')}`}`,
      ...tlsNotes(
        routes.map(({ endpoint }) => endpoint.host),
        { insecureTls, baseOf },
      ),
      ...(left.length === 0
        ? []
        : [`Not watched without --unsafe-methods: ${left.map(({ method, host, path }) => `${method} ${host}${path}`).join(', ')}`]),
      'Between two calls nobody looked: a higher --rate sees shorter gaps.',
    ],
  };
}
