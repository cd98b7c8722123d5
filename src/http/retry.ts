import type { Answer } from './answer';

/** Waits so many milliseconds. */
export type Pause = (ms: number) => Promise<void>;

/** Tries in all for trouble that passes; a refusal is never repeated. */
const maxTries = 3;
const connectionPauseMs = 300;
const serverPauseMs = 1000;
/** A longer wait is left to the user. */
const maxRetryAfterSeconds = 10;

/** What a second try depends on beside the answer. */
export interface RetryFacts {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What was sent is good for one use: once the issuer may have seen it, it is not sent again. */
  readonly onceOnly: boolean;
}

/**
 * Milliseconds until the next try; undefined when there is none: connection errors and 5xx may pass, 429 only when the answer says when.
 *
 * @param tries how often it was asked already
 */
export function pauseBefore(answer: Answer, tries: number, { now, onceOnly }: RetryFacts): number | undefined {
  if (tries >= maxTries) return undefined;
  if (answer.kind === 'failure') {
    const passing = onceOnly ? ['refused', 'dns'] : ['reset', 'refused', 'dns'];
    return passing.includes(answer.reason) ? connectionPauseMs : undefined;
  }
  if (onceOnly) return undefined;
  const seconds = retryAfterSeconds(answer, now);
  if (seconds !== undefined && seconds > maxRetryAfterSeconds) return undefined;
  if (answer.status >= 500) return seconds === undefined ? serverPauseMs : seconds * 1000;
  return answer.status === 429 && tries === 1 && seconds !== undefined ? seconds * 1000 : undefined;
}

/** The header `Retry-After`, in seconds from now. @see RFC 9110 section 10.2.3 */
export function retryAfterSeconds(answer: Answer, now: number): number | undefined {
  const text = answer.kind === 'answer' ? answer.headers['retry-after'] : undefined;
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** Real time. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
