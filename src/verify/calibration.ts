import { withoutText, type AnswerFacts, type Facts } from './answer-facts';
import { holdsAll, holdsPrivate, isLike, isRedirect, privateContent, type PrivateContent } from './likeness';

/**
 * What the good token showed. `proven`: it reached the workload, and others do not. `open`: everybody gets the same answer.
 * `refused`: it was turned away. `unmarked`, `unexpected`: it got through, but not what the hints say. `indistinct`: it got what an unknown path gives.
 * `uncompared`: what it would have to be told from got no answer. `broken`: no usable answer. `missing`: there is no token.
 */
export type Control = 'proven' | 'open' | 'refused' | 'unmarked' | 'unexpected' | 'indistinct' | 'uncompared' | 'broken' | 'missing';

/** Answers that everything else is compared with. */
export interface Calibration {
  readonly control: Control;
  readonly good: readonly AnswerFacts[];
  /** The good call that got no usable answer, when one did; for `uncompared` the other call that got none. */
  readonly trouble?: Facts;
  readonly none: Facts;
  readonly garbage: Facts;
  /** Absent when a public catch-all leaves no unknown path. */
  readonly unknown?: Facts;
  /** What only the authorised caller saw. */
  readonly content: PrivateContent;
  /** Text that marks the good answer is known. */
  readonly marked: boolean;
}

/** Puts the calibration together and says what the good token proved. @param expectedStatus of the good answer, when its author says so */
export function calibrationOf(answers: {
  readonly good: readonly Facts[];
  readonly none: Facts;
  readonly garbage: Facts;
  readonly unknown?: Facts;
  readonly expectedStatus?: number;
  readonly marked: boolean;
}): Calibration {
  const { expectedStatus, ...kept } = answers;
  const good = answers.good.filter((facts) => facts.kind === 'answer');
  const others = [answers.none, answers.garbage, answers.unknown].filter((facts) => facts?.kind === 'answer');
  const content = privateContent(good, others);
  const control =
    answers.good.length === 0
      ? 'missing'
      : good.length < answers.good.length
        ? 'broken'
        : controlOf(good, { ...answers, content }, expectedStatus);
  const trouble = troubleOf[control]?.(answers);
  const calibration = { ...kept, good, control, content, ...(trouble && { trouble }) };
  const shown = (facts: Facts): Facts => (facts.kind === 'answer' && carriesGood(facts, calibration) ? withoutText(facts) : facts);
  return { ...calibration, none: shown(kept.none), garbage: shown(kept.garbage) };
}

type Answers = Parameters<typeof calibrationOf>[0];

const troubleOf: Readonly<Partial<Record<Control, (answers: Answers) => Facts | undefined>>> = {
  broken: ({ good }) => good.find(isTrouble),
  uncompared: ({ none, unknown }) => [none, unknown].find((facts) => facts?.kind === 'failure'),
};

/** True when nothing was answered, or only that something is broken or too much. */
export function isTrouble(facts: Facts): boolean {
  return facts.kind === 'failure' || facts.status >= 500 || facts.status === 429;
}

function controlOf(
  good: readonly AnswerFacts[],
  seen: { none: Facts; garbage: Facts; unknown?: Facts; marked: boolean; content: PrivateContent },
  expectedStatus: number | undefined,
): Control {
  const first = good[0];
  if (!first) return 'missing';
  if (good.some(isTrouble)) return 'broken';
  if ([401, 403, 407].includes(first.status)) return 'refused';
  if (expectedStatus !== undefined && first.status !== expectedStatus) return 'unexpected';
  if (seen.marked && !first.marked) return 'unmarked';
  const asNobody = seen.none.kind === 'answer' && isSameFor(seen.none, first, seen);
  const asUnknown = seen.unknown?.kind === 'answer' && isLike(first, seen.unknown);
  const asGarbage = seen.garbage.kind === 'answer' && isLike(first, seen.garbage);
  const isApart = (seen.garbage.kind === 'answer' && !asGarbage) || (seen.unknown?.kind === 'answer' && !asUnknown);
  if (seen.none.kind === 'failure' && !isApart) return 'uncompared';
  if (first.status >= 400) {
    if (asNobody) return 'refused';
    return asUnknown || asGarbage ? 'indistinct' : 'proven';
  }
  if (!asNobody) return isRedirect(first) && (asUnknown || asGarbage) ? 'indistinct' : 'proven';
  const fallback = (first.form === 'html' || first.form === 'empty' || first.errorLike) && !seen.marked;
  if (fallback && seen.unknown?.kind === 'failure') return 'uncompared';
  if (asUnknown && fallback) return 'indistinct';
  return first.errorLike || (first.turnsAway && first.form !== 'html') ? 'refused' : 'open';
}

/** True when a stranger gets what the authorised caller gets. Pages share their frame: what only one of them holds tells them apart. */
function isSameFor(none: AnswerFacts, first: AnswerFacts, { marked, content }: { marked: boolean; content: PrivateContent }): boolean {
  if (marked) return none.marked;
  return isLike(first, none) && !(first.form === 'html' && content.leaves.size > 0 && !holdsPrivate(none, content));
}

/** True when an answer carries what the good token got: its marker, its values or its structure, else the same bytes. */
export function carriesGood(answer: AnswerFacts, calibration: Calibration): boolean {
  const { control, good, content, marked } = calibration;
  const [first] = good;
  if (!first || (control !== 'proven' && control !== 'open')) return false;
  if (marked) return answer.marked;
  if (first.status >= 400) return good.some((facts) => isLike(answer, facts)) && !isKnownRefusal(answer, calibration);
  if (isRedirect(first) && isRedirect(answer)) return control === 'proven' && answer.leadsTo === first.leadsTo;
  if (answer.status >= 300) return !answer.head && answer.form !== 'empty' && good.some((facts) => holdsAll(answer, facts, content));
  if (answer.head || answer.form === 'empty') return answer.form === first.form && answer.status === first.status && !answer.head;
  return holdsPrivate(answer, content) || good.some(({ digest }) => digest === answer.digest);
}

/** True for an answer that callers without a token, with garbage or at unknown paths get as well. */
export function isKnownRefusal(answer: AnswerFacts, { none, garbage, unknown }: Calibration): boolean {
  return [none, garbage, unknown].some((facts) => facts?.kind === 'answer' && isLike(answer, facts));
}
