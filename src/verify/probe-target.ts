import type { CanaryPlace } from './canary';
import type { TokenOfRoute } from './calibrate';
import type { Sign } from './host-health';
import type { Calibration } from './calibration';
import type { Verdict } from './judge';
import type { Attempt } from './probe';
import type { Recalibration } from './recalibrate';
import type { Exchange, Session } from './session';

/** A probe at one place: an endpoint, or an endpoint with one issuer. */
export interface ProbeTarget {
  readonly session: Session;
  readonly calibration: Calibration;
  /** Issuer and good token. @default - those of the best calibration */
  readonly route: Partial<TokenOfRoute>;
  /** Most requests of a probe, repetitions aside. */
  readonly most: number;
  /** Tokens for an attempt; a text in place of the list says why there are none. */
  readonly tokensFor: (attempt: Attempt) => Promise<readonly TokenVariant[] | string>;
  /** Clients that the user named for an attempt and whose tokens cannot be had, with the reason. */
  readonly untried: (attempt: Attempt) => readonly string[];
  /** Comparisons made once more, for what seems to get through. @default - none: a breach is taken as it is seen */
  readonly recalibration?: Recalibration;
  /** Judges instead of the usual comparison, for calls without effect. */
  readonly judgeInstead?: (exchange: Exchange, attempt: Attempt, ask: (attempt: Attempt) => Promise<Exchange>) => Promise<Verdict>;
  /** Stands for the control of calls that write without consent. @default - the good token, or the anonymous call, at the endpoint itself */
  readonly control?: () => Promise<boolean>;
  readonly host: HostOfProbe;
}

/** The host that a probe runs against. */
export interface HostOfProbe {
  readonly sign: (why: Sign) => void;
  readonly well: () => void;
  /** Counts an attack; true when it is time for the control. */
  readonly attacked: (heldUp: Sign | undefined) => boolean;
  readonly rechecked: (held: boolean) => void;
}

/** One token text to try; `undefined` stands for none. */
export interface TokenVariant {
  readonly label: string;
  readonly token: string | undefined;
  /** What the rule asks for and the token has not, as a part of a sentence. */
  readonly lacks?: string;
  /** Where the token leads: asked for, the verifier followed it. */
  readonly lure?: Pick<CanaryPlace, 'fetched'>;
}
