import { withoutText, type Facts } from './answer-facts';
import type { Judged } from './conclude-probe';
import { confirmBreach } from './confirm-breach';
import { doorVerdict } from './door';
import { intentOfPath, isWriting, type Endpoint } from './endpoint';
import { isTrouble, judge, type Verdict } from './judge';
import { patientAsk } from './patient-ask';
import type { Attempt, Probe } from './probe';
import { faultOf } from './probe-control';
import type { ProbeTarget, TokenVariant } from './probe-target';
import { unlessByForm } from './form-first';
import { unlessToForm, withNobodysPath } from './same-form';
import type { Exchange } from './session';
import { unlessKnown } from './unless-known';
import { unlessPublic } from './unless-public';

/** One variant of a probe, as it is sent and judged each time. */
interface Trial {
  readonly probe: Probe;
  readonly target: ProbeTarget;
  readonly attempt: Attempt;
  readonly rules: Parameters<typeof judge>[2];
  readonly ask: (attempt: Attempt) => Promise<Exchange>;
}

/** One answer: what it looks like alone, and what it amounts to beside its twins. */
interface Round {
  readonly exchange: Exchange;
  readonly seen: Verdict;
  readonly verdict: Verdict;
}

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

function trialOf(probe: Probe, target: ProbeTarget, attempt: Attempt, token: string | undefined): Trial {
  const { session, calibration, route } = target;
  const asking = {
    ...(route.token !== undefined && { good: route.token }),
    ...(probe.inspect && { inspect: probe.inspect, calibration }),
  };
  const rules = {
    refusals: probe.refusals ?? [],
    evidence: (attempt.evidence ?? probe.evidence ?? 'any') === 'any' ? 'any' : 'control',
    emptyIsHarmless: attempt.emptyIsHarmless ?? false,
    intent: intentOf(attempt, session.endpoint),
    reads: !isWriting(attempt.method ?? session.endpoint.method),
  } as const;
  return { probe, target, attempt, rules, ask: (one) => session.ask(one, token, route.trust, asking) };
}

/** Sends the variant, and beside it whatever tells whether the trick made the difference. */
async function judgeOnce({ probe, target, attempt, rules, ask }: Trial): Promise<Round> {
  const { calibration } = target;
  const { endpoint } = target.session;
  const exchange = await ask(attempt);
  const seen =
    doorVerdict(attempt, exchange.facts) ??
    inspected(probe, exchange) ??
    (await target.judgeInstead?.(exchange, attempt, ask)) ??
    judge(exchange.facts, calibration, rules);
  const plainly = (twin: Attempt): Promise<Exchange> =>
    patientAsk(
      () => ask(twin),
      (facts) => !isTrouble(facts),
    );
  /** The twin without the trick. */
  const besides = (verdict: Verdict, { facts }: Exchange): Verdict =>
    judge(facts, calibration, rules).kind === 'breach'
      ? { kind: 'refused', certain: true, reason: 'the same call without the trick gets that as well' }
      : verdict;
  const without = seen.kind === 'breach' && attempt.without ? besides(seen, await plainly(attempt.without)) : seen;
  const alone =
    without.kind === 'breach' && attempt.usual
      ? unlessSpoken(without, judge((await plainly(attempt.usual)).facts, calibration, rules))
      : without;
  const made = { probe, attempt, endpoint, calibration };
  const own = await unlessPublic(alone, made, ask, (less) => judge(exchange.facts, less, rules));
  const known = await unlessKnown(own, exchange.facts, made, ask);
  const last = await unlessToForm(known, exchange.facts, made, ask);
  const verdict = target.judgeInstead ? last : await unlessByForm(last, exchange.facts, { ...made, rules }, ask);
  return { exchange, seen, verdict };
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

/** Where the target speaks the protocol itself and refuses there, switching to it gives nothing away, and what comes after it was not seen. */
function unlessSpoken(verdict: Verdict, usual: Verdict): Verdict {
  if (usual.kind !== 'refused') return verdict;
  return {
    kind: 'unclear',
    certain: false,
    reason: `${verdict.reason}, which the target speaks itself and refuses in; what it lets through after that was not seen`,
  };
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

function inspected(probe: Probe, { facts, inspected: reason }: Exchange): Verdict | undefined {
  if (reason !== undefined) return { kind: 'breach', certain: true, reason };
  const nothing = probe.evidence === 'inspect' && facts.kind === 'answer';
  return nothing ? { kind: 'refused', certain: true, reason: 'nothing of it was seen' } : undefined;
}

function intentOf(attempt: Attempt, endpoint: Endpoint): ReturnType<typeof intentOfPath> {
  if (attempt.intent !== undefined) return attempt.intent;
  const asMeant = attempt.path === undefined && attempt.method === undefined && attempt.at === undefined;
  if (asMeant) return 'jwt';
  const rules = endpoint.otherHosts?.find(({ host }) => host === attempt.at) ?? endpoint;
  return intentOfPath(rules, attempt.method ?? endpoint.method, attempt.path ?? endpoint.samplePath);
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
