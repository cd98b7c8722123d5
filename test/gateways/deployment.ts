import type { VerifyOptions } from '../../src/verify/verify-input';
import type { RunningServer } from '../support/http-server';
import type { Change } from './gateway';
import type { IssuerDefect, TestIssuer } from './issuer';
import type { TlsSettings } from './tls-front';

/** A gateway and an issuer, sound or with one defect each. */
export interface Deployment {
  /** What is special about it, as a part of a sentence. */
  readonly name: string;
  readonly gateway?: readonly Change[];
  readonly issuer?: IssuerDefect;
  /** Rules of the APIRule. @default 'usual' */
  readonly rules?:
    'usual' | 'catch-all' | 'own header' | 'parameter' | 'dotted' | 'two hosts' | 'objects' | 'tree' | 'several' | 'alternatives';
  /** Adds a rule for `GET /reports` that trusts an issuer of its own. @default false */
  readonly secondIssuer?: boolean;
  /** Starts something else in the place of the test gateway. */
  readonly start?: (issuer: TestIssuer) => Promise<RunningServer>;
  /** A lenient hop before it that changes the text of requests. */
  readonly front?: (request: string) => string;
  /** It speaks HTTP/2 as well, and decides there with these changes. */
  readonly http2?: readonly Change[];
  /** It stands behind TLS. */
  readonly tls?: TlsSettings;
  /** The run has a private key that the issuer publishes no more. @default false */
  readonly withdrawnKey?: boolean;
  /** So long does every request at the gateway take, by the clocks of all. @default - as long as it takes */
  readonly secondsPerRequest?: number;
  /** Nothing can be proven of it: there are no credentials. @default false */
  readonly isUnproven?: boolean;
  /** Options of the run beside targets and credentials. */
  readonly options?: VerifyOptions;
}

/** A deployment with one defect. */
export interface WeakDeployment extends Deployment {
  /** Ids of all results that fail or warn, notes and claims included. Sorted. */
  readonly raises: readonly string[];
}

/** The claims that fall with an anonymous breach. */
export const bothClaims = ['closed-to-anonymous', 'protected'] as const;

/** Puts the probe before the claims it takes with it, sorted as results are compared. */
export function raised(...ids: readonly string[]): readonly string[] {
  return [...ids].sort();
}
