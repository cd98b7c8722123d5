import type { Facts } from './answer-facts';
import { judge, type JudgeRules, type Verdict } from './judge';
import { isLike } from './likeness';
import type { ProbeTarget } from './probe-target';
import type { Attempt } from './probe';

/** An attack that seems to get through, and how it is made and judged again. */
export interface Suspicion {
  readonly verdict: Verdict;
  readonly answer: Facts;
  readonly attempt: Attempt;
  readonly target: ProbeTarget;
  readonly rules: JudgeRules;
  /** Makes the same attack again. */
  readonly again: () => Promise<{ readonly verdict: Verdict; readonly answer: Facts }>;
}

/**
 * One answer of a router that is busy, starting or being configured looks like a breach, as does every sound answer once such a one was taken
 * for the measure. So a breach must hold against calls that are made now. What does not is unclear and leaves the claim open; it is a refusal
 * only where an unknown path gets the same each time it is asked again.
 */
export async function confirmBreach(suspicion: Suspicion): Promise<Verdict> {
  const { verdict, attempt, target } = suspicion;
  const { session, recalibration } = target;
  if (verdict.kind !== 'breach' || !recalibration || session.isOnce(attempt) || session.isCut()) return verdict;
  return verdict.onlyUnlike ? confirmUnlike(suspicion) : confirmContent(suspicion);
}

/** Being unlike a refusal is a matter of what refusals look like, and of doing it again. */
async function confirmUnlike({ verdict, answer, target, again }: Suspicion): Promise<Verdict> {
  const unknowns = (await target.recalibration?.unknowns()) ?? [];
  if (unknowns.length > 1 && unknowns.every((unknown) => areLike(answer, unknown)))
    return { kind: 'refused', certain: target.calibration.control === 'proven', reason: 'answered as an unknown path, asked once more' };
  for (let round = 0; round < 2 && !target.session.isCut(); round += 1) {
    const next = await again();
    if (next.verdict.kind === 'refused') return unclear(`${verdict.reason}, but not each time: then ${next.verdict.reason}`);
  }
  return verdict;
}

/** What only the good token got must be what it gets still; where that has changed, the attack must have followed. */
async function confirmContent(suspicion: Suspicion): Promise<Verdict> {
  const { verdict, answer, target, rules, again } = suspicion;
  // What was seen in another way than by this comparison is not for it to confirm.
  if (!isContent(judge(answer, target.calibration, rules))) return verdict;
  const now = await target.recalibration?.good(target.route);
  const second = now && judge(answer, now, rules);
  if (!second || isContent(second)) return verdict;
  if (second.kind === 'breach') return confirmUnlike({ ...suspicion, verdict: second });
  const next = judge((await again()).answer, now, rules);
  return isContent(next) ? verdict : unclear(`${verdict.reason} at first, but not any more`);
}

function isContent({ kind, onlyUnlike = false }: Verdict): boolean {
  return kind === 'breach' && !onlyUnlike;
}

function areLike(one: Facts, other: Facts): boolean {
  return one.kind === 'answer' && other.kind === 'answer' && isLike(one, other);
}

function unclear(reason: string): Verdict {
  return { kind: 'unclear', certain: false, settled: true, reason };
}
