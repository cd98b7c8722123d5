import { atLeast, severities, type Severity, type Status } from '../model/check-result';
import { isWant, noGoodToken } from '../model/for-want';
import { controlDoubt } from './control-doubt';
import { describeFailure, troubleFix } from './describe-answer';
import type { Calibration } from './calibration';
import type { Claim } from './probe';
import { unsentFix, unsentSentence, type UnsentCall } from './unsent-call';
import type { ProbeOutcome } from './conclude-probe';

/** What can be said of one claim of a route. */
export interface ClaimVerdict {
  readonly claim: Claim;
  readonly status: Extract<Status, 'pass' | 'fail' | 'error'>;
  readonly severity: Severity;
  readonly reason: string;
  readonly fix?: string;
}

/** All that speaks for or against the claims of one route. Outcomes are attributed already. */
export interface Evidence {
  readonly outcomes: readonly ProbeOutcome[];
  readonly calibration: Calibration;
  /** When the control failed although it had held before. @default - never */
  readonly controlLost?: 'under the attacks' | 'at the end of the run';
  /** A proven neighbour refuses in exactly this way; stands for the control of calls that write. */
  readonly likeNeighbour?: boolean;
  /** The call writes, and there was no consent to send it as it is meant. @default - it was sent so */
  readonly unsent?: UnsentCall;
}

/** Judges one claim. A breach decides whatever the control says; a pass needs every core probe, and for `protected` the control. */
export function judgeClaim(claim: Claim, evidence: Evidence): ClaimVerdict {
  const outcomes = evidence.outcomes.filter(({ probe }) => claim === 'protected' || probe.claim === claim);
  // What a probe finds by looking at an answer is a finding of its own: nobody got in.
  const breaches = outcomes.filter(
    ({ kind, severity, probe }) => kind === 'breach' && atLeast(severity, 'medium') && probe.evidence !== 'inspect',
  );
  if (breaches.length > 0) {
    const severity = severities.find((level) => breaches.some((breach) => breach.severity === level)) ?? 'medium';
    return { claim, status: 'fail', severity, reason: `not true: ${breaches.map(({ probe }) => probe.id).join(', ')} got through` };
  }
  const doubt = doubtOf(claim, outcomes, evidence);
  const severity = 'critical';
  if (doubt === undefined) return { claim, status: 'pass', severity, reason: `${sentences[claim]}${untriedOf(outcomes)}` };
  const { none } = evidence.calibration;
  if (evidence.unsent && !evidence.likeNeighbour && doubt.endsWith(unsentSentence(evidence.unsent)))
    return { claim, status: 'error', severity, reason: `undecided: ${doubt}`, fix: unsentFix(evidence.unsent) };
  const fix = none.kind === 'failure' ? troubleFix(none) : undefined;
  return { claim, status: 'error', severity, reason: `undecided: ${doubt}`, ...(fix !== undefined && { fix }) };
}

const sentences: Readonly<Record<Claim, string>> = {
  'closed-to-anonymous': 'nobody gets in without a token',
  protected: 'the good token gets in, and none of the hostile ones did',
};

/** What only the user can make possible is no doubt, but it is said. */
function untriedOf(outcomes: readonly ProbeOutcome[]): string {
  const wanting = outcomes.filter(
    ({ kind, explained, reason, severity }) =>
      kind === 'skipped' && !explained && atLeast(severity, 'high') && (isWant(reason) || reason === noGoodToken),
  );
  const ids = [...new Set(wanting.map(({ probe }) => probe.id))];
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
  return ids.length === 0 ? '' : `; not tried: ${ids.slice(0, 3).join(', ')}${more}`;
}

function doubtOf(
  claim: Claim,
  outcomes: readonly ProbeOutcome[],
  { calibration, controlLost, likeNeighbour = false, unsent }: Evidence,
): string | undefined {
  const doubtful = unsent ? unsentSentence(unsent) : controlDoubt(calibration).sentence;
  const core = outcomes.filter(({ probe }) => probe.core);
  const proven = likeNeighbour || calibration.control === 'proven';
  const open = core.find(leavesOpen) ?? outcomes.find(isSuspected) ?? (proven ? undefined : outcomes.find(isOfUnknownContent));
  if (open) return `${open.probe.id} got no clear answer (${open.reason})`;
  const untried = outcomes.find(({ kind, probe, explained }) => kind === 'untried' || (kind === 'skipped' && probe.core && !explained));
  if (claim === 'protected' && !proven) return doubtful;
  if (untried) return `${untried.probe.id} could not be tried (${untried.reason})`;
  if (claim === 'protected') {
    if (!likeNeighbour && !core.some(({ probe, kind }) => probe.per === 'issuer' && kind === 'refused'))
      return 'no hostile token was tried';
  }
  if (controlLost) return `the control failed ${controlLost}`;
  if (claim === 'protected') return undefined;
  if (!core.some(({ kind }) => kind === 'refused')) return noAnswer(calibration);
  const vague = core.find(({ kind, certain }) => kind === 'refused' && !certain);
  return vague && !proven ? `${vague.reason} could also mean a wrong sample path or a hidden route; ${doubtful}` : undefined;
}

/** A 5xx to one finer attack lets nobody in; silence, throttling and a plain call that gets no verdict leave the claim open. */
function leavesOpen({ kind, exchange, probe }: ProbeOutcome): boolean {
  if (kind !== 'unsteady') return kind === 'gone';
  return exchange?.facts.kind !== 'answer' || exchange.facts.status < 500 || probe.twins.length === 0;
}

/** It got through once, which is neither a breach nor a refusal, however fine the attack was. */
function isSuspected({ suspected = false, severity, probe }: ProbeOutcome): boolean {
  return suspected && atLeast(severity, 'medium') && probe.evidence !== 'inspect';
}

/** It got content, and nobody knows whose. */
function isOfUnknownContent({ kind, exchange }: ProbeOutcome): boolean {
  return kind === 'unsteady' && exchange?.facts.kind === 'answer' && exchange.facts.status < 300;
}

function noAnswer({ none }: Calibration): string {
  return none.kind === 'failure'
    ? `no anonymous call was answered (${describeFailure(none)})`
    : `the anonymous call met status ${none.status}`;
}
