import type { Manifest } from '../../model/manifest';
import type { Translation } from '../translation';
import { readAround, type Around } from './around';
import { Findings } from './findings';
import type { Proof, ProofSettings } from './proof';
import { proveHost } from './prove-host';
import { sidesOf } from './sides';

export { readAround, type Around } from './around';
export { isProven, type Proof, type ProofSettings, type RequestClass } from './proof';

/**
 * Compares what the old rules of one workload let in through the gateway with what the new ones let in, for every host, method, class of paths
 * and caller that anything in the input can tell apart. Traffic inside the cluster is not compared: the old rules did not cover it.
 *
 * @param translations All APIRules of the workload.
 * @param around What stands beside them: Services, policies, other APIRules. Who proves many groups reads it once with `readAround`.
 */
export function proveMigration(translations: readonly Translation[], around: readonly Manifest[] | Around, settings: ProofSettings): Proof {
  const sides = sidesOf(translations, isRead(around) ? around : readAround(around, settings.domain), settings);
  const findings = new Findings();
  for (const why of sides.open) findings.leaveOpen(why);
  for (const pattern of sides.patterns) proveHost(sides, pattern, settings, findings);
  return findings.proof();
}

function isRead(around: readonly Manifest[] | Around): around is Around {
  return !Array.isArray(around);
}
