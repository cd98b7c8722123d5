import type { AnswerFacts, Facts } from './answer-facts';
import { intentOfPath, type Endpoint } from './endpoint';
import type { Calibration } from './calibration';
import type { Verdict } from './judge';
import { hasShapeOf, isLike } from './likeness';
import { patientAsk } from './patient-ask';
import type { Attempt, Probe } from './probe';

/** An attack and where it was made. */
export interface Made {
  readonly probe: Probe;
  readonly attempt: Attempt;
  readonly endpoint: Endpoint;
  readonly calibration: Calibration;
}

/** A path of the usual letters that no rule takes. */
export const nobodysPath = '/kyma-guard-nobody';

/**
 * A firewall answers to the form of a request, whatever it asks for: with a page, or with a status that no gateway refuses with. What the same
 * form gets for a path that nobody has is no breach.
 */
export async function unlessToForm(
  verdict: Verdict,
  answer: Facts,
  made: Made,
  ask: (attempt: Attempt) => Promise<{ readonly facts: Facts }>,
): Promise<Verdict> {
  if (verdict.kind !== 'breach' || !verdict.onlyUnlike || !mayBeToForm(answer, made.calibration)) return verdict;
  const same = withNobodysPath(made);
  if (!same) return verdict;
  const isAsWell = (facts: Facts): boolean => facts.kind === 'answer' && isLike(answer, facts);
  if (!isAsWell((await patientAsk(() => ask(same), isAsWell)).facts)) return verdict;
  // A page for everybody may still be the content, as long as nobody knows what that looks like.
  const certain = answer.status >= 400 || made.calibration.control === 'proven';
  return { kind: 'refused', certain, reason: 'a path that nobody has gets that as well, asked for in the same form' };
}

/** Nothing of what the authorised caller gets, and nothing that looks as if the workload had made it. */
function mayBeToForm(answer: Facts, { control, good }: Calibration): answer is AnswerFacts {
  const [first] = good;
  if (answer.kind === 'failure' || control === 'open') return false;
  const isNothing = answer.head && answer.length === 0;
  return (answer.status >= 400 || answer.form === 'html' || isNothing) && !(first && hasShapeOf(answer, first));
}

/** The same attack with such a path in the place of the sample; none where a rule takes it, or where the attack does not use the sample. */
export function withNobodysPath({ probe, attempt, endpoint }: Made): Attempt | undefined {
  if (intentOfPath(endpoint, attempt.method ?? endpoint.method, nobodysPath) !== 'none') return undefined;
  const there = { ...endpoint, samplePath: nobodysPath };
  const attempts = typeof probe.attempts === 'function' ? probe.attempts(there) : probe.attempts;
  const same = attempts.find(({ variant }) => variant === attempt.variant);
  const isOther = same?.path !== attempt.path || same?.target !== attempt.target || attempt.path === undefined;
  return same && isOther ? { ...same, path: same.path ?? nobodysPath } : undefined;
}
