import type { CheckResult } from '../../src/model/check-result';
import { allProbes } from '../../src/verify/probes/all-probes';
import type { VerifyOptions } from '../../src/verify/verify-input';
import type { WeakDeployment } from '../gateways/deployment';
import { createDeploymentKeys, verifyDeployment, type DeploymentKeys } from './verify-deployment';

/** Every probe against every weak deployment: what `npm run kill-matrix` asks for. It takes minutes. */
const whole = process.env['KILL_MATRIX'] === 'whole';

let shared: Promise<DeploymentKeys> | undefined;

/**
 * Ids that a weak deployment raises. In the usual test run it meets the core probes and those of the families that it is weak in; what it
 * says of the other families, `npm run kill-matrix` shows.
 */
export async function raisedInMatrix(deployment: WeakDeployment): Promise<string[]> {
  shared ??= createDeploymentKeys();
  const { results } = await verifyDeployment(deployment, await shared, whole ? {} : ownFamilies(deployment));
  // Notes are pinned only where they are what a deployment is for.
  const counts = ({ id, status, severity }: CheckResult): boolean =>
    (status === 'fail' || status === 'warn') && (severity !== 'info' || deployment.raises.includes(id));
  const wrong = results.filter(counts);
  return [...new Set(wrong.map(({ id }) => id))].sort();
}

function ownFamilies({ raises }: WeakDeployment): VerifyOptions {
  const families = allProbes.filter(({ id }) => raises.includes(id)).map(({ family }) => family);
  return { families: [...new Set(families)] };
}
