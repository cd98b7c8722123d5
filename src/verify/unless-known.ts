import type { Facts } from './answer-facts';
import type { Verdict } from './judge';
import { isNearlySame } from './likeness';
import type { Attempt } from './probe';
import { withNobodysPath, type Made } from './same-form';
import { plainCall } from './unless-public';

/**
 * Without a good token nobody knows what the protected content looks like. What the same call gets without its trick, at the public path that it
 * leads to, or at a path that nobody has, is not it.
 */
export async function unlessKnown(
  verdict: Verdict,
  answer: Facts,
  made: Made,
  ask: (attempt: Attempt) => Promise<{ readonly facts: Facts }>,
): Promise<Verdict> {
  if (!verdict.byContent || answer.kind === 'failure') return verdict;
  const { attempt, endpoint } = made;
  for (const twin of [attempt.without, plainCall(attempt, endpoint), withNobodysPath(made)]) {
    const facts = twin && (await ask(twin)).facts;
    if (facts?.kind === 'answer' && isNearlySame(answer, facts))
      return { kind: 'refused', certain: false, reason: 'a call gets that as well which cannot lead to the protected content' };
  }
  return verdict;
}
