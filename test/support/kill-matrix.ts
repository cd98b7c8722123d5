import type { CheckResult } from '../../src/model/check-result';
import type { VerbOutcome } from '../../src/model/verb-outcome';
import { allProbes } from '../../src/verify/probes/all-probes';
import type { VerifyOptions } from '../../src/verify/verify-input';
import type { WeakDeployment } from '../gateways/deployment';
import { createDeploymentKeys, verifyDeployment, type DeploymentKeys } from './verify-deployment';

/** Every probe against every weak deployment: what `npm run kill-matrix` asks for. It takes minutes. */
const whole = process.env['KILL_MATRIX'] === 'whole';

/** A deployment that is to stay silent meets the first variants of every attack in the usual test run, and every variant in the whole matrix. */
export const mostOfSound: VerifyOptions = whole ? {} : { requestsPerRoute: 120 };

/** Enough for the first variants of each probe, which most deployments fall for already; for many more, which nearly all fall for; and for all. */
const stages: readonly VerifyOptions[] = [{ requestsPerRoute: 70 }, { requestsPerRoute: 200 }, {}];

let shared: Promise<DeploymentKeys> | undefined;

/**
 * Ids that a weak deployment raises. In the usual test run it meets the core probes and those of the families that it is weak in: the first
 * variants of each, and more of them, at last all, where those do not show its weakness. With the whole matrix it meets them without any
 * limit, and then all others within the limits of the profile `full`.
 */
export async function raisedInMatrix(deployment: WeakDeployment): Promise<string[]> {
  shared ??= createDeploymentKeys();
  const keys = await shared;
  const asked = async (options: VerifyOptions): Promise<ReadonlySet<string>> =>
    idsOf(await verifyDeployment(deployment, keys, { ...ownFamilies(deployment), ...options }), deployment);
  if (!whole) {
    let raised: ReadonlySet<string> = new Set();
    for (const stage of stages) {
      raised = await asked(stage);
      if (deployment.raises.every((id) => raised.has(id))) break;
    }
    return [...raised].sort();
  }
  const own = await asked({ profile: 'full', requestsPerRoute: 5000 });
  const all = idsOf(await verifyDeployment(deployment, keys, { profile: 'full' }), deployment);
  return [...new Set([...own, ...[...all].filter((id) => !isExplained(id, own))])].sort();
}

function idsOf({ results }: VerbOutcome, { raises }: WeakDeployment): ReadonlySet<string> {
  // Notes are pinned only where they are what a deployment is for.
  const counts = ({ id, status, severity }: CheckResult): boolean =>
    (status === 'fail' || status === 'warn') && (severity !== 'info' || raises.includes(id));
  return new Set(results.filter(counts).map(({ id }) => id));
}

/** A limit may leave out the variant of a twin that got through, and not the finer attack which it explains. */
function isExplained(id: string, own: ReadonlySet<string>): boolean {
  return allProbes.find((probe) => probe.id === id)?.twins.some((twin) => own.has(twin)) ?? false;
}

function ownFamilies({ raises }: WeakDeployment): VerifyOptions {
  const families = allProbes.filter(({ id }) => raises.includes(id)).map(({ family }) => family);
  return { families: [...new Set(families)] };
}
