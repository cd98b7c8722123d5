import type { Authentication } from '../model/api-rule';
import type { Severity, Status } from '../model/check-result';
import type { Discovery } from '../token/discovery';
import type { PublishedKeys } from '../token/keys';
import type { Profile } from './probe';
import type { StrangerAnswer } from './stranger-requests';

/** What the issuer shows to anybody. A problem text stands where the thing could not be had. */
export interface IssuerFacts {
  readonly trust: Authentication;
  readonly discovery: Discovery | string;
  readonly keys: PublishedKeys | string;
  /** What its token endpoint said to strangers; absent when the profile does not ask. */
  readonly endpoint?: readonly StrangerAnswer[] | string;
}

/** What a check says; `undefined` means that nothing is wrong. */
export interface Finding {
  readonly status: Exclude<Status, 'pass'>;
  /** @default - that of the check */
  readonly severity?: Severity;
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  /** @default - that of the check */
  readonly fix?: string;
}

/** A check of an issuer: data and one pure function. Nothing of it goes to the target. */
export interface IssuerCheck {
  /** Stable; renaming an id is a breaking change. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** The only profile that runs it. @default - all */
  readonly profile?: Extract<Profile, 'full'>;
  readonly fix: string;
  readonly refs: readonly string[];
  readonly check: (facts: IssuerFacts) => Finding | undefined;
}

/** What to do when an issuer shows nothing at all: what it would show may be sound. */
export const unreachableFix =
  'Check that the issuer is reachable from here: address, DNS, TLS, network; --issuer ISSUER=URL says where it really is.';
