import type { AnswerFacts } from './answer-facts';

/** True when two answers are the same for a caller: status, form and content; values that change between calls do not count. */
export function isLike(one: AnswerFacts, other: AnswerFacts): boolean {
  if (one.status !== other.status || (isRedirect(one) && one.leadsTo !== other.leadsTo)) return false;
  if (one.head || other.head) return one.mediaType === other.mediaType && (one.length === other.length || one.head !== other.head);
  if (one.form !== other.form || one.mediaType !== other.mediaType) return false;
  if (one.digest === other.digest) return true;
  if (one.form === 'json') return one.keys.size > 0 && share(one.keys, other.keys) === 1 && share(other.keys, one.keys) === 1;
  return (one.form === 'html' || one.form === 'text') && share(one.leaves, other.leaves) >= 0.5;
}

/** The same with values that are mostly the same: where it counts whose content it is. */
export function isNearlySame(one: AnswerFacts, other: AnswerFacts): boolean {
  return isLike(one, other) && (one.form !== 'json' || one.digest === other.digest || share(one.leaves, other.leaves) >= 0.5);
}

/** True for an answer that leads elsewhere: where to is what it says. */
export function isRedirect({ status, leadsTo }: AnswerFacts): boolean {
  return status >= 300 && status < 400 && leadsTo !== undefined;
}

/** True when an answer holds a value of the other one, or when pages are much alike. */
export function hasSomeOf(one: AnswerFacts, other: AnswerFacts): boolean {
  return isLike(one, other) || (one.form === 'json' && other.form === 'json' && share(one.leaves, other.leaves) > 0);
}

const telling = 32;

/** True when an answer is long enough to be told from any other workload's: not `[]`, not `{"status":"ok"}`. */
export function isTelling({ length }: AnswerFacts): boolean {
  return length >= telling;
}

/** What sets the good answer apart from every answer that anybody gets. */
export interface PrivateContent {
  readonly leaves: ReadonlySet<number>;
  readonly keys: ReadonlySet<number>;
}

/**
 * What only the authorised caller saw: values that stayed the same over the good answers, less what the other answers hold.
 * An answer of anybody that holds nearly all of it takes nothing away: that is the leak, not the background.
 */
export function privateContent(good: readonly AnswerFacts[], others: readonly AnswerFacts[]): PrivateContent {
  const first = good[0];
  if (!first) return { leaves: new Set(), keys: new Set() };
  const stable = (pick: (facts: AnswerFacts) => ReadonlySet<number>): Set<number> =>
    new Set([...pick(first)].filter((item) => good.every((facts) => pick(facts).has(item))));
  const lasting = stable((facts) => facts.leaves);
  // Pages of one application share their frame: there only the same page is the leak.
  const nearly = first.form === 'html' ? 1 : 0.8;
  const background = others.filter((facts) => share(lasting, facts.leaves) < nearly && facts.digest !== first.digest);
  const less = (items: Set<number>, pick: (facts: AnswerFacts) => ReadonlySet<number>): Set<number> =>
    new Set([...items].filter((item) => !background.some((facts) => pick(facts).has(item))));
  return {
    leaves: less(lasting, (facts) => facts.leaves),
    keys: less(
      stable((facts) => facts.keys),
      (facts) => facts.keys,
    ),
  };
}

/** What is left of good answers and their content beside an answer that is for everybody, however much of it that holds. */
export function withoutWhatIsOpen(
  { good, content }: { readonly good: readonly AnswerFacts[]; readonly content: PrivateContent },
  open: AnswerFacts,
): { readonly good: readonly AnswerFacts[]; readonly content: PrivateContent } {
  return {
    good: good.map((facts) => (facts.digest === open.digest ? { ...facts, digest: '' } : facts)),
    content: { leaves: without(content.leaves, open.leaves), keys: without(content.keys, open.keys) },
  };
}

function without(items: ReadonlySet<number>, others: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...items].filter((item) => !others.has(item)));
}

/** True when two good answers have nothing in common by which another could be known. */
export function changesWithEveryCall(good: readonly AnswerFacts[], { leaves, keys }: PrivateContent): boolean {
  const digests = new Set(good.map(({ digest }) => digest));
  return leaves.size === 0 && keys.size === 0 && digests.size > 1;
}

/** True for answers of one make: status, type, form and headers, whatever they say. */
export function hasShapeOf(answer: AnswerFacts, good: AnswerFacts): boolean {
  const names = new Set(good.headerNames);
  return (
    answer.status === good.status &&
    answer.mediaType === good.mediaType &&
    answer.form === good.form &&
    answer.headerNames.length === names.size &&
    answer.headerNames.every((name) => names.has(name))
  );
}

/** True when an answer holds at least half of what only the authorised caller saw, in values or in structure. */
export function holdsPrivate(answer: AnswerFacts, content: PrivateContent): boolean {
  return (
    (content.leaves.size > 0 && share(content.leaves, answer.leaves) >= 0.5) ||
    (content.keys.size > 0 && share(content.keys, answer.keys) >= 0.5)
  );
}

/**
 * True when an answer that is a refusal, a detour or a crash by its status still holds what the authorised caller saw. Structure alone is
 * not enough here: errors of one workload often look alike.
 */
export function holdsAll(answer: AnswerFacts, good: AnswerFacts, content: PrivateContent): boolean {
  if (answer.form !== good.form) return false;
  return answer.digest === good.digest || share(content.leaves, answer.leaves) >= (answer.form === 'json' ? 0.5 : 0.8);
}

/** Part of `items` that `others` holds, 0 to 1; 0 when there are none. */
function share(items: ReadonlySet<number>, others: ReadonlySet<number>): number {
  if (items.size === 0) return 0;
  let common = 0;
  for (const item of items) if (others.has(item)) common += 1;
  return common / items.size;
}
