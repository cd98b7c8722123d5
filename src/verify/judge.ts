import type { AnswerFacts, Facts } from './answer-facts';
import { carriesGood, isKnownRefusal, type Calibration } from './calibration';
import type { Endpoint } from './endpoint';
import { changesWithEveryCall, hasShapeOf, hasSomeOf, isLike, isTelling } from './likeness';
import { nothingMore } from './stopped-hosts';

/** What a probe counts as a refusal. */
export interface JudgeRules {
  readonly refusals: readonly number[];
  readonly evidence: 'any' | 'control';
  readonly emptyIsHarmless: boolean;
  /** Whom the rules of the host mean the request for. */
  readonly intent: Endpoint['intent'] | 'none';
  /** The method changes nothing: an answer without content then gives nothing away. @default false */
  readonly reads?: boolean;
}

/**
 * Judgement over one answer. `breach`: it gave away what it must not. `refused`: it did not; `certain` when that holds without a control.
 * `unclear`: neither (5xx, throttled, no answer), to be repeated.
 */
export interface Verdict {
  readonly kind: 'breach' | 'refused' | 'unclear';
  readonly certain: boolean;
  /** For `breach`: no more is known of it than that it is no refusal. @default false */
  readonly onlyUnlike?: boolean;
  /** For `unclear`: it was repeated, and is not to be repeated any more. @default false */
  readonly settled?: boolean;
  /** For `unclear`: whose content it is only a good token could tell. @default false */
  readonly byContent?: boolean;
  readonly reason: string;
}

const usualRefusals = [400, 401, 403, 404];
const grpcRefusals = ['7', '16'];

/** Compares one answer with the calibration. Pure: the same answers give the same verdict. */
export function judge(answer: Facts, calibration: Calibration, rules: JudgeRules): Verdict {
  if (answer.kind === 'failure') return unclear(`no answer (${answer.message === nothingMore ? nothingMore : answer.reason})`);
  const { status } = answer;
  if (isHarmless(answer, calibration, rules)) return refused('an empty answer, or one that unknown paths get as well', true);
  if (rules.intent === 'none' && status >= 400 && status === calibration.good[0]?.status && answer.form === 'empty')
    return refused(`status ${status} without a body, as the good answer and as what has no route`, false);
  if (carriesGood(answer, calibration)) return breach(`status ${status} with what only the authorised caller gets`);
  const proven = calibration.control === 'proven';
  if (status === 401 || status === 403) return refused(`status ${status}`, true);
  if (grpcRefusals.includes(answer.grpcStatus ?? '')) return refused(`status ${answer.grpcStatus} of gRPC`, true);
  if (rules.intent === 'jwt' && usualRefusals.includes(status) && isAmbiguous(answer, calibration))
    return unclear(
      `status ${status}, which is neither how the gateway refuses nor the good answer, itself a ${calibration.good[0]?.status}`,
    );
  if (usualRefusals.includes(status) || rules.refusals.includes(status)) return refused(`status ${status}`, proven);
  if (status >= 500 || status === 429 || status < 200) return unclear(status === 429 ? 'throttled (429)' : `status ${status}`);
  if (status < 400 && status >= 300) return refused(`redirect to ${answer.location ?? 'another place'}`, proven);
  return judgeContent(answer, calibration, rules);
}

/** 2xx and those 4xx that a workload gives rather than a gateway. */
function judgeContent(answer: AnswerFacts, calibration: Calibration, rules: JudgeRules): Verdict {
  const proven = calibration.control === 'proven';
  const { unknown, none, garbage, good } = calibration;
  if (unknown?.kind === 'answer' && isLike(answer, unknown)) return refused('answered as an unknown path', proven);
  if (answer.errorLike && answer.status < 300)
    return proven ? refused('an error text under a status of success', true) : unclear('an error text under a status of success');
  const asStranger = [none, garbage].find((facts) => facts.kind === 'answer' && isLike(answer, facts));
  if (asStranger?.kind === 'answer' && keepsBack(asStranger, calibration, rules))
    return !calibration.marked && asStranger.status < 400 && good.some((facts) => hasSomeOf(facts, asStranger))
      ? unclear('it turns the caller away in words, and is much like the good answer otherwise; a marker in the hints tells them apart')
      : refused('answered as without a good token', proven);
  if (rules.intent !== 'public' && isOfGoodMake(answer, calibration))
    return breach(`status ${answer.status} in the form of the good answer, which says something else in every call`);
  if (
    !knowsContent(calibration) &&
    answer.status < 300 &&
    answer.form !== 'empty' &&
    (rules.evidence === 'control' || rules.intent === 'public')
  )
    return { ...unclear(`status ${answer.status} with content, and without a good token nobody knows whose`), byContent: true };
  if (rules.evidence === 'control' || rules.intent === 'public') return refused('other content than the authorised caller gets', proven);
  if (unknown?.kind === 'failure') return unclear(`status ${answer.status}, and an unknown path got no answer to compare it with`);
  return { ...breach(`status ${answer.status}, unlike a refusal and unlike an unknown path`), onlyUnlike: true };
}

/**
 * True for what says nothing however much it looks like the good answer: no data for a method that asks for none, and at a public path
 * the few bytes that every public path gives.
 */
function isHarmless(answer: AnswerFacts, { good, unknown, marked }: Calibration, { emptyIsHarmless, intent }: JudgeRules): boolean {
  if (answer.status >= 300) return false;
  if (emptyIsHarmless && answer.form === 'empty') return true;
  const everywhere = intent === 'public' && !marked && unknown?.kind === 'answer' && isLike(answer, unknown);
  return everywhere && good[0] !== undefined && !isTelling(good[0]);
}

/** Where the good answers have nothing in common but their form, the form must do: random numbers, noise, a stream. */
function isOfGoodMake(answer: AnswerFacts, { control, good, content, unknown, marked }: Calibration): boolean {
  const [first] = good;
  if (!first || control !== 'proven' || marked || !changesWithEveryCall(good, content)) return false;
  return hasShapeOf(answer, first) && !(unknown?.kind === 'answer' && hasShapeOf(unknown, first));
}

/**
 * True for an answer to strangers that keeps the content back: a status that is none of success, a text that turns them away while the authorised
 * caller gets no such text, no marker where there is one, or nothing at all.
 */
function keepsBack(
  { status, turnsAway, form, head, marked }: AnswerFacts,
  calibration: Calibration,
  { reads = false }: JudgeRules,
): boolean {
  const { good, control } = calibration;
  if (status >= 400) return true;
  if (calibration.marked && control === 'proven') return !marked;
  return (
    (turnsAway && (control === 'refused' || !good.some((facts) => facts.turnsAway))) ||
    (reads && form === 'empty' && !head && good.every((facts) => facts.form !== 'empty'))
  );
}

/** True when the good token showed what the protected content is, or that it is for everybody. */
function knowsContent({ control }: Calibration): boolean {
  return control === 'proven' || control === 'open';
}

/** Where the workload itself answers the good token with 4xx, only an answer that others get as well is surely a refusal. */
function isAmbiguous(answer: AnswerFacts, calibration: Calibration): boolean {
  const { control, good } = calibration;
  return control === 'proven' && (good[0]?.status ?? 0) >= 400 && !isKnownRefusal(answer, calibration);
}

function breach(reason: string): Verdict {
  return { kind: 'breach', certain: true, reason };
}

function refused(reason: string, certain: boolean): Verdict {
  return { kind: 'refused', certain, reason };
}

function unclear(reason: string): Verdict {
  return { kind: 'unclear', certain: false, reason };
}
