import { withoutText, type Facts } from './answer-facts';
import type { Judged } from './conclude-probe';
import { confirmBreach } from './confirm-breach';
import type { Verdict } from './judge';
import { judgeOnce, trialOf, type Round, type Trial } from './judge-once';
import type { Attempt, Probe } from './probe';
import { faultOf } from './probe-control';
import type { ProbeTarget, TokenVariant } from './probe-target';
import { withNobodysPath } from './same-form';
import type { Exchange } from './session';

/** Sends one variant; what is neither refusal nor breach is repeated twice, each time beside a fresh control. */
export async function tryVariant(probe: Probe, target: ProbeTarget, attempt: Attempt, variant: TokenVariant): Promise<Judged> {
  const { session, host } = target;
  const trial = trialOf(probe, target, attempt, variant.token);
  let controlGone = false;
  let resets = 0;
  for (let round = 0; ; round += 1) {
    const one = await confirmed(trial, await judgeOnce(trial));
    if (isReset(one.exchange)) resets += 1;
    const isLast = round === 2 || isSettled(one.verdict) || session.isCut() || idleReason(one.exchange) !== undefined;
    const result = describeRound(trial, one, variant.label);
    if (resets === 3 && (await isHowItRefuses(trial)))
      return { ...result, verdict: { ...closed, certain: target.calibration.control === 'proven' }, controlGone };
    if (one.verdict.kind !== 'unclear' || isLast) return { ...result, controlGone };
    const fault = await faultOf(target);
    controlGone = fault !== undefined;
    if (fault) resets = 0;
    if (!fault && hungUp(attempt, one.exchange)) return { ...result, verdict: closed, controlGone };
    // A control that was not sent is no sign of anything.
    if (session.isCut()) continue;
    if (fault) host.sign(fault);
    else host.well();
    if (session.isOnce(attempt)) return { ...result, controlGone };
  }
}

/** Asked again, it would get the same. */
function isSettled({ settled = false, byContent = false }: Verdict): boolean {
  return settled || byContent;
}

/** What the probe saw by itself needs no comparison, and so no second one. */
async function confirmed(trial: Trial, one: Round): Promise<Round> {
  if (one.exchange.inspected !== undefined) return one;
  const { target, attempt, rules } = trial;
  const again = async (): Promise<{ verdict: Verdict; answer: Facts }> => {
    const { verdict, exchange } = await judgeOnce(trial);
    return { verdict, answer: exchange.facts };
  };
  const verdict = await confirmBreach({ verdict: one.verdict, answer: one.exchange.facts, attempt, target, rules, again });
  return { ...one, verdict };
}

function describeRound({ probe, attempt, rules }: Trial, { exchange, seen, verdict }: Round, variant: string): Omit<Judged, 'controlGone'> {
  const heldUp = isRefusalOf(probe, exchange) ? undefined : exchange.heldUp;
  return {
    variant,
    credential: attempt.credential.kind,
    verdict,
    exchange: shown(exchange, seen, probe),
    intent: rules.intent,
    ...(heldUp && { heldUp }),
  };
}

/** Only a refusal shows its text: what got through, or nearly so, may hold what only the authorised caller may see. */
function shown(exchange: Exchange, { kind }: Verdict, { evidence }: Probe): Exchange {
  return kind === 'refused' && evidence !== 'inspect' ? exchange : { ...exchange, facts: withoutText(exchange.facts) };
}

/** What a probe waits for is no sign of trouble: 429 after many failures. */
function isRefusalOf({ refusals = [] }: Probe, { facts }: Exchange): boolean {
  return facts.kind === 'answer' && refusals.includes(facts.status);
}

/**
 * One connection that is closed may be chance, and three of them a workload that broke. It is a refusal of a target that hangs up on strangers or
 * on garbage as well, or on whatever has the same form.
 */
async function isHowItRefuses({ probe, target, attempt, ask }: Trial): Promise<boolean> {
  const { calibration, session } = target;
  if ([calibration.none, calibration.garbage].some((facts) => isReset({ facts }))) return true;
  const same = withNobodysPath({ probe, attempt, endpoint: session.endpoint, calibration });
  return same !== undefined && isReset(await ask(same));
}

const closed: Verdict = { kind: 'refused', certain: true, reason: 'the connection was closed' };

/** A server hangs up on what it cannot read, and after an answer that it does not want to be followed. */
function hungUp({ over }: Attempt, exchange: Exchange): boolean {
  return over === 'bytes' && isReset(exchange);
}

function isReset({ facts }: Pick<Exchange, 'facts'>): boolean {
  return facts.kind === 'failure' && facts.reason === 'reset';
}

/** Why an attack could not even begin: the probe says so, or the way to send it is not there. */
export function idleReason({ idle, facts }: Exchange): string | undefined {
  if (idle !== undefined) return idle;
  return facts.kind === 'failure' && facts.reason === 'unsupported' ? (facts.message ?? facts.reason) : undefined;
}
