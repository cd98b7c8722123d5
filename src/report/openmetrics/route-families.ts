import type { CheckResult } from '../../model/check-result';
import { isClaim } from '../../model/route-matrix';
import { statusOrder } from '../order';
import type { Report } from '../report';
import type { MetricFamily, Sample } from './family';

/** Routes that have series of their own in one report; the worst come first, the others are counted. */
const mostRoutes = 1000;

const claims = ['closed-to-anonymous', 'protected', 'public-open'] as const;
const claimStatuses = ['pass', 'fail', 'error', 'warn', 'skip', 'accepted'] as const;

/** Metrics of `verify`, which speaks of routes. */
export const routeFamilies: readonly MetricFamily[] = [
  {
    name: 'kyma_guard_claims',
    help: 'Claims about routes by what became of them; error is could not tell.',
    samplesOf: (report) => {
      const all = report.results.filter(isClaim);
      return claims.flatMap((claim) =>
        all.length === 0 && report.verb !== 'verify'
          ? []
          : claimStatuses.map((status) => ({
              labels: { claim, status },
              value: all.filter((result) => result.id === claim && statusOf(result) === status).length,
            })),
      );
    },
  },
  {
    name: 'kyma_guard_route_closed',
    help: 'Nobody gets in without a token: 1 when that is proven, else 0, also when it could not be told.',
    samplesOf: (report) => proven('closed-to-anonymous', report),
  },
  {
    name: 'kyma_guard_route_protected',
    help: 'The good token gets in and no hostile one: 1 when that is proven, else 0, also when it could not be told.',
    samplesOf: (report) => proven('protected', report),
  },
  {
    name: 'kyma_guard_route_undecided',
    help: 'A claim about a route that could not be told; absent where it could.',
    samplesOf: (report) =>
      shownRoutes(report).shown.flatMap((result) =>
        result.status === 'error' ? [{ labels: { claim: result.id, ...labelsOf(result) }, value: 1 }] : [],
      ),
  },
  {
    name: 'kyma_guard_routes',
    help: 'Claims about routes in the report; those that are not shown have no series of their own.',
    samplesOf: (report) => {
      const { shown, leftOut } = shownRoutes(report);
      return shown.length === 0
        ? []
        : [
            { labels: { state: 'shown' }, value: shown.length },
            { labels: { state: 'left out' }, value: leftOut },
          ];
    },
  },
];

function proven(claim: (typeof claims)[number], report: Report): Sample[] {
  const own = shownRoutes(report).shown.filter(({ id }) => id === claim);
  return own.map((result) => ({ labels: labelsOf(result), value: statusOf(result) === 'pass' ? 1 : 0 }));
}

/** The worst claim of each route, at most a thousand. */
function shownRoutes({ results }: Report): { shown: readonly CheckResult[]; leftOut: number } {
  const rank = (result: CheckResult): number => statusOrder.indexOf(result.status);
  const sorted = results.filter(isClaim).toSorted((a, b) => rank(a) - rank(b));
  const worst = new Map(sorted.toReversed().map((result) => [JSON.stringify([result.id, labelsOf(result)]), result]));
  const all = [...worst.values()].toReversed();
  return { shown: all.slice(0, mostRoutes), leftOut: Math.max(0, all.length - mostRoutes) };
}

function labelsOf({ route }: CheckResult): Readonly<Record<string, string>> {
  const { host = '', path = '', method = '', issuer = '' } = route ?? {};
  return { host, path, method, issuer };
}

function statusOf({ status, suppressed }: CheckResult): (typeof claimStatuses)[number] {
  return suppressed ? 'accepted' : status;
}
