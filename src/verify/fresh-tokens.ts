import { KymaGuardError } from '../model/errors';
import type { AccessToken } from '../token/access-token';
import type { TokenContext } from '../token/obtain';
import { useUntil } from '../token/token-cache';
import { obtainFrom, type TokenSource } from '../token/token-source';

/** Good tokens under care: a run may last longer than they do. */
export interface FreshTokens {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Takes a token under care; its text stands for it from now on, whatever follows it. */
  keep(token: AccessToken, source: TokenSource): void;
  /**
   * The token that is to be sent for one that was taken under care: itself, or what came after it. Any other text is given back as it is.
   * Undefined when it has ended and no other can be had: an ended token proves nothing, nor does one that is forged from it.
   */
  current(token: string): Promise<string | undefined>;
  /** What stood for a token under care before, as far as it ended two minutes ago or longer. Clocks differ by a minute at most. */
  ended(token: string): readonly string[];
}

/** A token endpoint that gave nothing is left in peace for so long. */
const pauseAfterFailureMs = 10_000;

/** After its end no verifier may take a token, however its clock goes. */
const endedForMs = 120_000;
/** Tokens that are remembered once they are replaced. */
const mostPast = 20;

interface Kept {
  readonly source: TokenSource;
  token: AccessToken;
  /** Milliseconds since 1970 until which nobody need ask whether there is a newer one. */
  until: number;
  /** What came before, the last first. */
  past: readonly AccessToken[];
  failedAt?: number;
}

/** Builds the care of a run. */
export function keepTokensFresh(context: TokenContext): FreshTokens {
  const { now } = context;
  const kept = new Map<string, Kept>();

  const untilOf = (token: AccessToken): number => (token.expiresAt === undefined ? Infinity : (useUntil(token, now()) ?? -Infinity));

  async function renewed(one: Kept): Promise<AccessToken | undefined> {
    if (one.failedAt === undefined || now() >= one.failedAt + pauseAfterFailureMs) {
      try {
        const next = await obtainFrom(context, one.source);
        if (next !== one.token) one.past = [one.token, ...one.past].slice(0, mostPast);
        one.token = next;
        one.until = untilOf(next);
        delete one.failedAt;
      } catch (error) {
        if (!(error instanceof KymaGuardError)) throw error;
        one.failedAt = now();
      }
    }
    return (one.token.expiresAt ?? Infinity) > now() ? one.token : undefined;
  }

  return {
    now,
    keep(token, source) {
      kept.set(token.secret.reveal(), { source, token, past: [], until: untilOf(token) });
    },
    async current(token) {
      const one = kept.get(token);
      if (!one) return token;
      const newest = now() < one.until ? one.token : await renewed(one);
      return newest?.secret.reveal();
    },
    ended(token) {
      const past = (kept.get(token)?.past ?? []).filter(({ expiresAt = Infinity }) => expiresAt + endedForMs < now());
      return past.slice(0, 1).map(({ secret }) => secret.reveal());
    },
  };
}
