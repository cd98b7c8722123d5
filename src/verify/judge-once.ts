import type { Facts } from './answer-facts';
import { isTrouble } from './calibration';
import { doorVerdict } from './door';
import { intentOfPath, isWriting, type Endpoint } from './endpoint';
import { unlessByForm } from './form-first';
import { judge, type Verdict } from './judge';
import { patientAsk } from './patient-ask';
import type { Attempt, Probe } from './probe';
import type { ProbeTarget } from './probe-target';
import { unlessToForm } from './same-form';
import type { Exchange } from './session';
import { unlessKnown } from './unless-known';
import { unlessPublic } from './unless-public';

/** One variant of a probe, as it is sent and judged each time. */
export interface Trial {
  readonly probe: Probe;
  readonly target: ProbeTarget;
  readonly attempt: Attempt;
  readonly rules: Parameters<typeof judge>[2];
  readonly ask: (attempt: Attempt) => Promise<Exchange>;
}

/** One answer: what it looks like alone, and what it amounts to beside its twins. */
export interface Round {
  readonly exchange: Exchange;
  readonly seen: Verdict;
  readonly verdict: Verdict;
}

/** The variant at its place. @param token `undefined` stands for none */
export function trialOf(probe: Probe, target: ProbeTarget, attempt: Attempt, token: string | undefined): Trial {
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
export async function judgeOnce({ probe, target, attempt, rules, ask }: Trial): Promise<Round> {
  const { calibration } = target;
  const { endpoint } = target.session;
  const exchange = await ask(attempt);
  const seen =
    doorVerdict(attempt, exchange.facts) ??
    inspected(probe, exchange) ??
    (await target.judgeInstead?.(exchange, attempt, ask)) ??
    judge(exchange.facts, calibration, rules);
  const alone = seen.kind === 'breach' ? await besideTwins(seen, { attempt, ask }, (facts) => judge(facts, calibration, rules)) : seen;
  const made = { probe, attempt, endpoint, calibration };
  const own = await unlessPublic(alone, made, ask, (less) => judge(exchange.facts, less, rules));
  const known = await unlessKnown(own, exchange.facts, made, ask);
  const last = await unlessToForm(known, exchange.facts, made, ask);
  const verdict = target.judgeInstead ? last : await unlessByForm(last, exchange.facts, { ...made, rules }, ask);
  return { exchange, seen, verdict };
}

/** A breach is none where the same call without the trick gets as much, or where the target refuses in the protocol that it was led to. */
async function besideTwins(
  breach: Verdict,
  { attempt, ask }: Pick<Trial, 'attempt' | 'ask'>,
  judged: (facts: Facts) => Verdict,
): Promise<Verdict> {
  const verdictOf = async (twin: Attempt): Promise<Verdict> => {
    const exchange = await patientAsk(
      () => ask(twin),
      (facts) => !isTrouble(facts),
    );
    return judged(exchange.facts);
  };
  if (attempt.without && (await verdictOf(attempt.without)).kind === 'breach')
    return { kind: 'refused', certain: true, reason: 'the same call without the trick gets that as well' };
  return attempt.usual ? unlessSpoken(breach, await verdictOf(attempt.usual)) : breach;
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
