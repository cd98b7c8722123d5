import type { Origin } from '../../model/istio';
import type { Caller } from '../../model/search/caller';
import type { IssuerMap } from '../issuers/issuer-map';
import type { OldJwtHandler } from '../old-api-rule';

/** Requests that the old rules and the new ones treat alike, with one of them. */
export interface RequestClass {
  readonly host: string;
  /** Methods that nothing tells apart, sorted. */
  readonly methods: readonly string[];
  /** The shortest path of the class. */
  readonly path: string;
  readonly caller: Caller;
  /** The old rule that had the say; absent where none took the request. */
  readonly oldRule?: Origin;
  /** The new rule that has the say; absent where none takes the request. */
  readonly newRule?: Origin;
  /** What became of the request, in words that follow "it". */
  readonly before: string;
  readonly after: string;
}

/** What the search shows about the APIRules of one workload. */
export interface Proof {
  /** Refused before and admitted now. A proof with any of these has failed. */
  readonly opened: readonly RequestClass[];
  /** Admitted now on a path that the user allowed to widen, and that no old rule took. */
  readonly widened: readonly RequestClass[];
  /**
   * OPTIONS that is no preflight, refused before and admitted now, on a path where the same caller was let in with another method: it joins the
   * methods of a rule, because the gateway answers preflights only where a rule takes it.
   */
  readonly preflight: readonly RequestClass[];
  /** Admitted before and refused now. */
  readonly closed: readonly RequestClass[];
  /** Like `closed`, for paths with a bracket or a lone percent sign only, which no operator takes; one for each host and old rule. */
  readonly odd: readonly RequestClass[];
  /** Admitted before and now, by another Service or port. */
  readonly moved: readonly RequestClass[];
  /** Asked for a token before; now an external authorizer decides, which the input does not hold. */
  readonly delegated: readonly RequestClass[];
  /** False when something was not searched to the end or cannot be told; then `opened` without entries is no promise. */
  readonly complete: boolean;
  /** Why it is not complete, one sentence each. */
  readonly open: readonly string[];
}

/** What the proof must know beside manifests. */
export interface ProofSettings {
  readonly oldJwtHandler: OldJwtHandler;
  /** Completes hosts of one label. @default - the wildcard host of the Gateway, if it is around */
  readonly domain?: string;
  /** Tells whether the user allows the path of an old rule to widen. */
  readonly allowWidening: (path: string) => boolean;
  /** Whose tokens take the place of issuers that old rules named, by word of the user. */
  readonly issuers: IssuerMap;
}

/** True when nothing was opened and everything was looked at. */
export function isProven({ opened, complete }: Proof): boolean {
  return opened.length === 0 && complete;
}
