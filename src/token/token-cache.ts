import type { AccessToken } from './access-token';

/** The tokens of a run: each is asked for once, however many ask at the same time, and again only when it is about to end. */
export interface TokenCache {
  /** @param key what the token is for @param fetch gets the token before, if there was one */
  get(key: unknown, fetch: (last?: AccessToken) => Promise<AccessToken>): Promise<AccessToken>;
}

interface Entry {
  readonly promise: Promise<AccessToken>;
  /** Milliseconds since 1970 from which on it is not given any more; undefined while it is under way or when its end is not known. */
  until?: number | undefined;
  value?: AccessToken;
}

/** Of the time that a token has left when it comes, so much is kept for the way to the target. */
const marginShare = 0.2;
const maxMarginMs = 30_000;
/** Issuers cut their clock to whole seconds. */
const minMarginMs = 1000;

/** @param now milliseconds since 1970 */
export function createTokenCache(now: () => number): TokenCache {
  const entries = new Map<unknown, Entry>();
  return {
    get(key, fetch) {
      const known = entries.get(key);
      if (known && !(known.until !== undefined && now() >= known.until)) return known.promise;
      const entry: Entry = { promise: fetch(known?.value) };
      entries.set(key, entry);
      entry.promise.then(
        (token) => {
          entry.value = token;
          entry.until = useUntil(token, now());
        },
        () => {
          // A failure is not kept: the next call asks again.
          if (entries.get(key) === entry) entries.delete(key);
        },
      );
      return entry.promise;
    },
  };
}

/** Until when a token is good to be sent. @param from when it came, in milliseconds since 1970 */
export function useUntil({ expiresAt }: AccessToken, from: number): number | undefined {
  if (expiresAt === undefined || expiresAt <= from) return undefined;
  const left = expiresAt - from;
  return expiresAt - Math.min(maxMarginMs, Math.max(minMarginMs, left * marginShare), left / 2);
}
