import { controlFault } from './calibrate';
import type { Sign } from './host-health';
import type { ProbeTarget } from './probe-target';

/** What is wrong with the control of the place; undefined when it holds. */
export async function faultOf({ session, calibration, route, control }: ProbeTarget): Promise<Sign | undefined> {
  if (!control) return controlFault(session, calibration, route);
  return (await control()) ? undefined : 'stopped answering';
}

/**
 * The control between attacks: a ban that begins and ends under the run would pass for refusals. One failure alone may be a hiccup; after
 * the second the attacks since the last good control prove nothing, after the third nothing more is sent.
 */
export async function recheck(target: ProbeTarget): Promise<void> {
  const { session, host, calibration } = target;
  if (!target.control && calibration.good.length === 0 && calibration.none.kind === 'failure') return;
  for (let round = 0; round < 3; round += 1) {
    const fault = await faultOf(target);
    if (session.isCut()) return;
    if (!fault) {
      host.well();
      host.rechecked(true);
      return;
    }
    host.sign(fault);
    if (round > 0) host.rechecked(false);
  }
}
