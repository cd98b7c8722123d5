import { withoutText } from './answer-facts';
import type { CanaryPlace } from './canary';
import { controlFault, type TokenOfRoute } from './calibrate';
import { concludeProbe, withFetch, type Judged, type ProbeOutcome } from './conclude-probe';
import { doorVerdict } from './door';
import { intentOfPath, type Endpoint } from './endpoint';
import { judge, type Calibration, type Verdict } from './judge';
import type { Sign } from './host-health';
import type { Attempt, Probe } from './probe';
import { unlessToForm } from './same-form';
import type { Exchange, Session } from './session';
import { unlessPublic } from './unless-public';

export type { ProbeOutcome } from './conclude-probe';

/** A probe at one place: an endpoint, or an endpoint with one issuer. */
export interface ProbeTarget {
  readonly session: Session;
  readonly calibration: Calibration;
  /** Issuer and good token. @default - those of the best calibration */
  readonly route: Partial<TokenOfRoute>;
  /** Most requests of a probe, repetitions aside. */
  readonly most: number;
  /** Tokens for an attempt; a text in place of the list says why there are none. */
  readonly tokensFor: (attempt: Attempt) => Promise<readonly TokenVariant[] | string>;
  /** Clients that the user named for an attempt and whose tokens cannot be had, with the reason. */
  readonly untried: (attempt: Attempt) => readonly string[];
  /** Judges instead of the usual comparison, for calls without effect. */
  readonly judgeInstead?: (exchange: Exchange, attempt: Attempt) => Verdict;
  /** Stands for the control of calls that write without consent. @default - the good token, or the anonymous call, at the endpoint itself */
  readonly control?: () => Promise<boolean>;
  readonly host: HostOfProbe;
}

/** The host that a probe runs against. */
export interface HostOfProbe {
  readonly sign: (why: Sign) => void;
  readonly well: () => void;
  /** Counts an attack; true when it is time for the control. */
  readonly attacked: (heldUp: Sign | undefined) => boolean;
  readonly rechecked: (held: boolean) => void;
}

/** One token text to try; `undefined` stands for none. */
export interface TokenVariant {
  readonly label: string;
  readonly token: string | undefined;
  /** What the rule asks for and the token has not, as a part of a sentence. */
  readonly lacks?: string;
  /** Where the token leads: asked for, the verifier followed it. */
  readonly lure?: Pick<CanaryPlace, 'fetched'>;
}

/** Runs all variants of a probe that the budget of the profile allows. */
export async function runProbe(probe: Probe, target: ProbeTarget): Promise<ProbeOutcome> {
  const { session, route } = target;
  const attempts = typeof probe.attempts === 'function' ? probe.attempts(session.endpoint) : probe.attempts;
  const judged: Judged[] = [];
  let spent = 0;
  let leftOut = 0;
  const untried = attempts.flatMap((attempt) => target.untried(attempt));
  const most = probe.everyToken === true ? Infinity : target.most;
  let absent = probe.absent ?? 'nothing to try here';
  for (const attempt of attempts) {
    if (!session.maySend(attempt)) {
      absent = 'without --unsafe-methods no call goes out that could change something';
      continue;
    }
    if (route.token === undefined && attempt.before?.attempts.some(({ credential }) => credential.kind === 'valid')) {
      absent = 'there is no good token';
      continue;
    }
    const tokens = await target.tokensFor(attempt);
    if (typeof tokens === 'string') absent = tokens;
    else
      for (const variant of tokens) {
        const cost = 1 + (attempt.before?.attempts.length ?? 0);
        if (!session.maySend(attempt) || session.isCut()) break;
        if (spent + cost > most) {
          leftOut += 1;
          continue;
        }
        const one = await tryOne(probe, target, attempt, variant);
        if (one.exchange.idle !== undefined || isUnsupported(one.exchange)) {
          absent = one.exchange.idle ?? describeIdle(one.exchange);
          break;
        }
        spent += cost;
        judged.push({ ...one, ...(variant.lure && { lure: variant.lure }), ...(variant.lacks !== undefined && { lacks: variant.lacks }) });
        if (target.host.attacked(one.heldUp)) await recheck(target);
        if (session.isOnce(attempt) && judged.at(-1)?.verdict.kind !== 'refused') session.stopWriting();
      }
  }
  const conclusion = concludeProbe(probe, judged.map(withFetch), { absent, untried });
  const kind = session.isCut() && conclusion.kind !== 'breach' ? 'cut' : conclusion.kind;
  return { ...conclusion, kind, leftOut, ...(probe.per === 'issuer' && route.trust && { issuer: route.trust.issuer }) };
}

/** Sends one variant; what is neither refusal nor breach is repeated twice, each time beside a fresh control. */
async function tryOne(probe: Probe, target: ProbeTarget, attempt: Attempt, { label, token }: TokenVariant): Promise<Judged> {
  const { session, calibration, route } = target;
  const { endpoint } = session;
  const intent = intentOf(attempt, endpoint);
  const rules = {
    refusals: probe.refusals ?? [],
    evidence: (attempt.evidence ?? probe.evidence ?? 'any') === 'any' ? 'any' : 'control',
    emptyIsHarmless: attempt.emptyIsHarmless ?? false,
    intent,
  } as const;
  const ask = (one: Attempt): Promise<Exchange> =>
    session.ask(one, token, route.trust, {
      ...(route.token !== undefined && { good: route.token }),
      ...(probe.inspect && { inspect: probe.inspect, calibration }),
    });
  /** The twin without the trick. */
  const besides = (verdict: Verdict, { facts }: Exchange): Verdict =>
    judge(facts, calibration, rules).kind === 'breach'
      ? { kind: 'refused', certain: true, reason: 'the same call without the trick gets that as well' }
      : verdict;
  let controlGone = false;
  for (let round = 0; ; round += 1) {
    const exchange = await ask(attempt);
    const seen =
      doorVerdict(attempt, exchange.facts) ??
      inspected(probe, exchange) ??
      target.judgeInstead?.(exchange, attempt) ??
      judge(exchange.facts, calibration, rules);
    const alone = seen.kind === 'breach' && attempt.without ? besides(seen, await ask(attempt.without)) : seen;
    const made = { probe, attempt, endpoint, calibration };
    const own = await unlessPublic(alone, made, ask, (less) => judge(exchange.facts, less, rules));
    const verdict = await unlessToForm(own, exchange.facts, made, ask);
    const done = verdict.kind !== 'unclear' || round === 2 || session.isCut() || exchange.idle !== undefined || isUnsupported(exchange);
    const heldUp = isRefusalOf(probe, exchange) ? undefined : exchange.heldUp;
    const result = {
      variant: label,
      credential: attempt.credential.kind,
      verdict,
      exchange: shown(exchange, seen, probe),
      intent,
      ...(heldUp && { heldUp }),
    };
    if (done) return { ...result, controlGone };
    const fault = await faultOf(target);
    controlGone = fault !== undefined;
    if (!fault && hungUp(attempt, exchange)) return { ...result, verdict: closed, controlGone };
    // A control that was not sent is no sign of anything.
    if (session.isCut()) continue;
    if (fault) target.host.sign(fault);
    else target.host.well();
    if (session.isOnce(attempt)) return { ...result, controlGone };
  }
}

/** What is wrong with the control of the place; undefined when it holds. */
async function faultOf({ session, calibration, route, control }: ProbeTarget): Promise<Sign | undefined> {
  if (!control) return controlFault(session, calibration, route);
  return (await control()) ? undefined : 'stopped answering';
}

/**
 * The control between attacks: a ban that begins and ends under the run would pass for refusals. One failure alone may be a hiccup; after
 * the second the attacks since the last good control prove nothing, after the third nothing more is sent.
 */
async function recheck(target: ProbeTarget): Promise<void> {
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

const closed: Verdict = { kind: 'refused', certain: true, reason: 'the connection was closed' };

/** A server hangs up on what it cannot read, and after an answer that it does not want to be followed. */
function hungUp({ over }: Attempt, { facts }: Exchange): boolean {
  return over === 'bytes' && facts.kind === 'failure' && facts.reason === 'reset';
}

function isUnsupported({ facts }: Exchange): boolean {
  return facts.kind === 'failure' && facts.reason === 'unsupported';
}

function describeIdle({ facts }: Exchange): string {
  return facts.kind === 'failure' ? (facts.message ?? facts.reason) : '';
}
