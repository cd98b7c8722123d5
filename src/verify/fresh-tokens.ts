import { KymaGuardError } from '../model/errors';
import type { AccessToken } from '../token/access-token';
import type { TokenContext } from '../token/obtain';
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
}

/** A token endpoint that gave nothing is left in peace for so long. */
const pauseAfterFailureMs = 10_000;

interface Kept {
  readonly source: TokenSource;
  token: AccessToken;
  failedAt?: number;
}

/** Builds the care of a run. */
export function keepTokensFresh(context: TokenContext): FreshTokens {
  const { now } = context;
  const kept = new Map<string, Kept>();

  async function renewed(one: Kept): Promise<AccessToken | undefined> {
    if (one.failedAt === undefined || now() >= one.failedAt + pauseAfterFailureMs) {
      try {
        one.token = await obtainFrom(context, one.source);
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
      kept.set(token.secret.reveal(), { source, token });
    },
    async current(token) {
      const one = kept.get(token);
      return one ? (await renewed(one))?.secret.reveal() : token;
    },
  };
}
