/** Yes, no, or what is missing to tell. */
export type Verdict = true | false | { readonly unknown: string };

/** True only when every part is; unknown when nothing is false but something cannot be told. */
export function every<T>(items: readonly T[], judge: (item: T) => Verdict): Verdict {
  let result: Verdict = true;
  for (const item of items) {
    const verdict = judge(item);
    if (verdict === false) return false;
    if (verdict !== true) result = verdict;
  }
  return result;
}

/** True when one part is; unknown when none is true but something cannot be told. */
export function some<T>(items: readonly T[], judge: (item: T) => Verdict): Verdict {
  let result: Verdict = false;
  for (const item of items) {
    const verdict = judge(item);
    if (verdict === true) return true;
    if (verdict !== false) result = verdict;
  }
  return result;
}

/** Yes for no and no for yes. */
export function not(verdict: Verdict): Verdict {
  return typeof verdict === 'boolean' ? !verdict : verdict;
}
