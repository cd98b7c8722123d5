import { noGoodToken } from '../model/for-want';
import { concludeProbe, withFetch, type Judged, type ProbeOutcome } from './conclude-probe';
import type { Attempt, Probe } from './probe';
import { recheck } from './probe-control';
import type { ProbeTarget, TokenVariant } from './probe-target';
import { idleReason, tryVariant } from './try-variant';

/** What the run of a probe has come to so far. */
interface Progress {
  readonly judged: Judged[];
  /** Requests, repetitions aside. */
  spent: number;
  /** Variants that the budget left out. */
  leftOut: number;
  /** Why nothing is sent, should it stay at that. */
  absent: string;
}

/** Runs all variants of a probe that the budget of the profile allows. */
export async function runProbe(probe: Probe, target: ProbeTarget): Promise<ProbeOutcome> {
  const { session, route } = target;
  const attempts = typeof probe.attempts === 'function' ? probe.attempts(session.endpoint) : probe.attempts;
  const untried = attempts.flatMap((attempt) => target.untried(attempt));
  const progress: Progress = { judged: [], spent: 0, leftOut: 0, absent: probe.absent ?? 'nothing to try here' };
  for (const attempt of attempts) {
    const tokens = withheld(attempt, target) ?? (await target.tokensFor(attempt));
    if (typeof tokens === 'string') progress.absent = tokens;
    else await tryTokens({ probe, target, attempt }, tokens, progress);
  }
  const { judged, absent, leftOut } = progress;
  const conclusion = concludeProbe(probe, judged.map(withFetch), { absent, untried });
  const kind = session.isCut() && conclusion.kind !== 'breach' ? 'cut' : conclusion.kind;
  return { ...conclusion, kind, leftOut, ...(probe.per === 'issuer' && route.trust && { issuer: route.trust.issuer }) };
}

/** Why an attempt is not made at all; undefined when it is. */
function withheld(attempt: Attempt, { session, route }: ProbeTarget): string | undefined {
  if (!session.maySend(attempt)) return 'without --unsafe-methods no call goes out that could change something';
  const needsGood = attempt.before?.attempts.some(({ credential }) => credential.kind === 'valid') ?? false;
  return needsGood && route.token === undefined ? noGoodToken : undefined;
}

interface Trying {
  readonly probe: Probe;
  readonly target: ProbeTarget;
  readonly attempt: Attempt;
}

/** Makes one attempt with each token, as far as the budget, consent and the limit of the run go. */
async function tryTokens({ probe, target, attempt }: Trying, tokens: readonly TokenVariant[], progress: Progress): Promise<void> {
  const { session, host } = target;
  const most = probe.everyToken === true ? Infinity : target.most;
  const cost = 1 + (attempt.before?.attempts.length ?? 0);
  for (const variant of tokens) {
    if (!session.maySend(attempt) || session.isCut()) return;
    if (progress.spent + cost > most) {
      progress.leftOut += 1;
      continue;
    }
    const one = await tryVariant(probe, target, attempt, variant);
    const idle = idleReason(one.exchange);
    if (idle !== undefined) {
      progress.absent = idle;
      return;
    }
    progress.spent += cost;
    progress.judged.push(withVariant(one, variant));
    if (host.attacked(one.heldUp)) await recheck(target);
    if (session.isOnce(attempt) && one.verdict.kind !== 'refused') session.stopWriting();
  }
}

function withVariant(one: Judged, { lure, lacks }: TokenVariant): Judged {
  return { ...one, ...(lure && { lure }), ...(lacks !== undefined && { lacks }) };
}
