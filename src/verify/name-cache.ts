import { explainedBy } from './attribute';
import type { Calibration } from './calibration';
import { judge } from './judge';
import { cachedAnswer } from './probes/cached-answer';
import { noToken } from './probes/no-token';
import type { ProbeOutcome } from './conclude-probe';

const rules = { refusals: [], evidence: 'any', emptyIsHarmless: false, intent: 'jwt' } as const;

/**
 * The anonymous call of the calibration goes out before the good one. Where it was refused, and the very same call gets in later over every
 * connection, an answer or a decision for the good token is kept: that is the cause, and not that nobody is asked for a token. Where it gets
 * in over some connections only, the finding stays what it is and says what came first.
 */
export function nameCache(outcomes: readonly ProbeOutcome[], calibration: Calibration): readonly ProbeOutcome[] {
  const found = outcomes.find(({ probe, kind }) => probe.id === noToken.id && kind === 'breach');
  if (!found || calibration.good.length === 0 || judge(calibration.none, calibration, rules).kind !== 'refused') return outcomes;
  const first = 'the first call without a token, before the good one, was refused';
  if (!isEverywhere(found)) {
    const reason = `${found.reason}; ${first}: something is kept, or not every connection leads to a place that checks`;
    return outcomes.map((outcome) => (outcome === found ? { ...found, reason } : outcome));
  }
  const reason = `${found.reason}; ${first}, so an answer is kept for a while, and a later call may be refused again`;
  return [
    ...outcomes
      .filter(({ probe }) => probe.id !== cachedAnswer.id)
      .map((outcome) => (outcome === found ? explained(found) : renamed(outcome))),
    { ...found, probe: cachedAnswer, reason },
  ];
}

/** Every call to the same URL got in, one at least over a connection of its own. */
function isEverywhere({ variants, leftOut = 0 }: ProbeOutcome): boolean {
  const attempts = typeof noToken.attempts === 'function' ? [] : noToken.attempts.slice(0, noToken.attempts.length - leftOut);
  const same = attempts.filter(({ query }) => query === undefined);
  return same.some(({ fresh }) => fresh) && same.every(({ variant }) => variants.includes(variant));
}

const byNoToken = `which ${noToken.id} explains`;

function explained(outcome: ProbeOutcome): ProbeOutcome {
  return { ...outcome, kind: 'skipped', explained: true, reason: `${explainedBy}${cachedAnswer.id} explains` };
}

function renamed(outcome: ProbeOutcome): ProbeOutcome {
  return outcome.explained ? { ...outcome, reason: outcome.reason.replace(byNoToken, `which ${cachedAnswer.id} explains`) } : outcome;
}
