import type { CheckResult } from '../../src/model/check-result';
import { matrixData, routeMatrix } from '../../src/model/route-matrix';
import { createReport, type Report } from '../../src/report/report';
import { startGateway, type Change } from '../gateways/gateway';
import { startIssuer } from '../gateways/issuer';
import { createDeploymentKeys, manifestFor, verifyAt } from './verify-deployment';

/** A gateway that reads tokens without verifying them, and also from the query. */
export const readsOnly: Change = (_, { issuer: iss }) => ({
  verify: async () => ({ iss }),
  authorize: () => true,
  tokenOf: ({ headers, query }) => /^Bearer (ey.+)$/.exec(headers.authorization ?? '')?.[1] ?? query.get('access_token') ?? undefined,
});

/** The report of a real run against a gateway on this machine. */
export async function verifyReport(...changes: Change[]): Promise<Report> {
  const issuer = await startIssuer((await createDeploymentKeys()).issuer);
  const gateway = await startGateway(issuer, ...changes);
  try {
    const { results, data = {} } = await verifyAt(gateway.url, issuer, {}, manifestFor(issuer));
    return reportOfRun(results, data);
  } finally {
    await Promise.all([issuer.close(), gateway.close()]);
  }
}

/** A report of `verify` with facts about the run. */
export function reportOfRun(results: readonly CheckResult[], data: NonNullable<Report['data']> = {}): Report {
  return createReport({
    verb: 'verify',
    version: '1.2.3',
    run: {
      labels: { stage: 'test' },
      inputDigest: 'd'.repeat(64),
      id: '7f3c2a51-5d1e-4e1c-9a57-2f1a0c0b6f10',
      startedAt: '2026-01-01T08:00:00.000Z',
      vantage: 'this machine, over loopback',
    },
    results,
    data: { ...data, matrix: matrixData(routeMatrix(results)) },
  });
}

/** The same results once more at other hosts, and some of them changed: what a bigger estate looks like, one of each status. */
export function estateOf({ results, data }: Report): Report {
  const hosts = ['orders.example.test', 'billing.example.test', 'stock.internal.example.test'];
  const all = hosts.flatMap((host, i) =>
    results.filter(({ route }) => i === 0 || route).map((result) => (result.route ? changed(result, host, i) : result)),
  );
  return reportOfRun(all, data);
}

/** The results of routes at so many hosts: every tenth host has those of the weak one. */
export function manyHosts(sound: Report, weak: Report, hosts: number): Report {
  const at = (host: number): CheckResult[] =>
    (host % 10 === 0 ? weak : sound).results.flatMap((result) =>
      result.route ? [{ ...result, route: { ...result.route, host: `h${host}.example.test` } }] : [],
    );
  return reportOfRun(Array.from({ length: hosts }, (_, host) => at(host)).flat(), sound.data);
}

/** The first result of each status, severity and column: all that can look different, and little more. */
export function oneOfEach({ results, data }: Report): Report {
  const kind = ({ status, severity, suppressed, family, id, route }: CheckResult): string =>
    JSON.stringify([status, status === 'fail' && severity, suppressed !== undefined, route ? (family ?? id) : 'none']);
  return reportOfRun([...new Map(results.map((result) => [kind(result), result])).values()], data);
}

function changed(result: CheckResult, host: string, index: number): CheckResult {
  const moved = { ...result, route: { ...result.route!, host } };
  if (index === 0) return moved;
  if (result.status !== 'fail') return moved;
  if (index === 1 && result.id === 'query-token') {
    const suppressed = { by: 'baseline', reason: 'the old client goes in March', until: '2027-03-31' } as const;
    return { ...moved, status: 'skip', suppressed };
  }
  if (index === 2) return { ...moved, status: 'error', message: 'undecided: the control failed at the end of the run' };
  return { ...moved, status: 'pass', message: 'refused' };
}
