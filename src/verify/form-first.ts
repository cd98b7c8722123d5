import type { AnswerFacts, Facts } from './answer-facts';
import { intentOfPath, isWriting, type Endpoint } from './endpoint';
import type { Calibration } from './calibration';
import { judge, type JudgeRules, type Verdict } from './judge';
import { isLike } from './likeness';
import type { Attempt } from './probe';
import { nobodysPath } from './same-form';

/** Statuses by which a workload says that a call has the wrong form. */
const formRefusals = new Set([400, 406, 411, 415, 422]);

/** True for an answer about the form of a call: whoever gave it may not have looked at the token yet. */
export function isAboutForm(facts: Facts): facts is AnswerFacts {
  return facts.kind === 'answer' && formRefusals.has(facts.status);
}

/** The same call without a body and its type: there is no form to look at before the token. */
export function withoutForm(attempt: Attempt): Attempt {
  return { ...attempt, bare: true };
}

/** Headers that say nothing about who wrote an answer. */
const anybodys = new Set(['www-authenticate', 'content-length', 'transfer-encoding', 'connection', 'keep-alive', 'date']);

/** True when one software may have written both answers: then there is no gateway before it whose refusals would look otherwise. */
export function mayBeOfOneHand(one: AnswerFacts, other: Facts | undefined): boolean {
  if (other?.kind !== 'answer' || one.form === 'empty' || one.form !== other.form || one.mediaType !== other.mediaType) return false;
  const names = ({ headerNames }: AnswerFacts): string =>
    headerNames
      .filter((name) => !anybodys.has(name))
      .sort()
      .join();
  return names(one) === names(other);
}

/** A call that writes, by a method that no rule exposes, and where it was made. */
interface Made {
  readonly attempt: Attempt;
  readonly endpoint: Endpoint;
  readonly calibration: Calibration;
  readonly rules: JudgeRules;
}

/**
 * A call that no rule exposes may be refused for its form by a workload that never asks for a token. Without a form it is refused as any
 * other, or it was let through.
 */
export async function unlessByForm(
  verdict: Verdict,
  answer: Facts,
  made: Made,
  ask: (attempt: Attempt) => Promise<{ readonly facts: Facts }>,
): Promise<Verdict> {
  const { attempt, calibration, rules } = made;
  const { none } = calibration;
  if (verdict.kind !== 'refused' || none.kind !== 'answer' || !isAboutForm(answer)) return verdict;
  if (!isUnexposedWrite(made) || isLike(answer, none)) return verdict;
  const { facts } = await ask(withoutForm(attempt));
  if (facts.kind === 'failure') return verdict;
  if (!isAboutForm(facts)) return judge(facts, calibration, rules);
  const there = await ask({ ...withoutForm(attempt), path: nobodysPath });
  if (there.facts.kind === 'failure' || isLike(facts, there.facts)) return verdict;
  const reason = `status ${facts.status} from a workload that was asked for no token`;
  if (mayBeOfOneHand(facts, none)) return { kind: 'unclear', certain: false, reason: `${reason}, or not yet` };
  return { kind: 'breach', certain: true, reason };
}

function isUnexposedWrite({ attempt: { method, credential, path, at }, endpoint, rules }: Made): boolean {
  if (method === undefined || !isWriting(method) || method === 'DELETE' || rules.intent !== 'none') return false;
  const isPlain = credential.kind === 'none' && path === undefined && at === undefined;
  return isPlain && intentOfPath(endpoint, method, nobodysPath) === 'none';
}
