import type { Facts } from './answer-facts';
import type { EndpointCalibration } from './calibrate';
import type { ProbeOutcome } from './conclude-probe';
import { isAboutForm, mayBeOfOneHand, withoutForm } from './form-first';
import { calibrationOf, type Calibration } from './calibration';
import { judge, type Verdict } from './judge';
import { isLike } from './likeness';
import type { ProbeTarget } from './probe-target';
import { foreignKey } from './probes/foreign-key';

const silence: Facts = { kind: 'failure', reason: 'aborted' };

/** What a call without effect is compared with: what others got at a proven endpoint, if there is one. */
export function borrowed(neighbour: Calibration | undefined): EndpointCalibration {
  const best = neighbour
    ? { ...neighbour, good: [], control: 'missing' as const }
    : calibrationOf({ good: [], none: silence, garbage: silence, marked: false });
  return { byIssuer: new Map(), best };
}

/** What was seen at an endpoint whose control held. */
interface ProvenEndpoint {
  readonly calibration: EndpointCalibration;
  readonly outcomes: readonly ProbeOutcome[];
}

/**
 * A call without effect proves protection only when it is refused exactly as at a proven endpoint of the same workload. One that is refused for
 * its form is made once more without any: a workload without a gateway may look at the form before the token.
 */
export function likeNeighbour(proven: ProvenEndpoint | undefined, like: { all: boolean }): NonNullable<ProbeTarget['judgeInstead']> {
  const neighbour = proven?.calibration.best;
  const forged = proven?.outcomes.find(({ probe, kind }) => probe.id === foreignKey.id && kind === 'refused')?.exchange?.facts;
  return async ({ facts }, attempt, ask) => {
    const { kind } = attempt.credential;
    const reference = kind === 'none' ? neighbour?.none : kind === 'forged' ? forged : neighbour?.garbage;
    const isSame = (answer: Facts): boolean => answer.kind === 'answer' && reference?.kind === 'answer' && isLike(answer, reference);
    if (isSame(facts)) return { kind: 'refused', certain: true, reason: 'refused exactly as at a proven route of the workload' };
    if (!neighbour || !isAboutForm(facts)) return otherwise(facts, reference, neighbour, like);
    const bare = (await ask(withoutForm(attempt))).facts;
    if (!isSame(bare)) return otherwise(isAboutForm(bare) ? facts : bare, reference, neighbour, like);
    return {
      kind: 'refused',
      certain: true,
      reason: `status ${facts.status} for its form, and without any refused exactly as at a proven route`,
    };
  };
}

/** What an answer amounts to that is not how the neighbour refuses. */
function otherwise(facts: Facts, reference: Facts | undefined, neighbour: Calibration | undefined, like: { all: boolean }): Verdict {
  like.all = false;
  if (facts.kind === 'answer' && neighbour?.unknown?.kind === 'answer' && isLike(facts, neighbour.unknown))
    return { kind: 'refused', certain: false, reason: 'answered as an unknown path' };
  const calibration = borrowed(neighbour).best;
  const verdict = judge(facts, calibration, { refusals: [], evidence: 'any', emptyIsHarmless: false, intent: 'jwt' });
  if (facts.kind !== 'answer' || facts.status < 400 || facts.status >= 500 || verdict.kind === 'unclear') return verdict;
  const reason = `status ${facts.status}, unlike the refusals of this gateway`;
  if (isAboutForm(facts) && mayBeOfOneHand(facts, reference))
    return {
      kind: 'unclear',
      certain: false,
      reason: `${reason}, and perhaps from a workload that looks at the form of a call before its token`,
    };
  if (verdict.certain) return verdict;
  return neighbour ? { kind: 'breach', certain: true, reason } : { kind: 'unclear', certain: false, reason };
}
