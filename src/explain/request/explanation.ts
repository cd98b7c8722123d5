/** What becomes of one request, and why. */
export interface Explanation {
  /** As asked: `GET https://host/path`. */
  readonly request: string;
  /** Who sends it, in words. */
  readonly caller: string;
  /** `allow`: the workload gets it. `answer`: the gateway answers a CORS preflight itself. */
  readonly verdict: 'allow' | 'deny' | 'answer' | 'unknown';
  /** Status of the gateway's own answer; absent for `allow` and `unknown`. */
  readonly status?: number;
  readonly body?: string;
  readonly steps: readonly ExplainedStep[];
  /** What the steps do not say of a refusal, one sentence each. */
  readonly remarks?: readonly string[];
  /** Service that the request reaches or would reach, `namespace/name:port`. */
  readonly workload?: string;
  /** What admitted it. */
  readonly admittedBy?: string;
  /** The rule whose author spoke about the request, whatever becomes of it. */
  readonly intent?: IntendedRule;
  /** What the input lacks, for `unknown`. */
  readonly missing?: string;
  /** What to do about it, for `unknown`. */
  readonly fix?: string;
}

/** One step on the way of a request. */
export interface ExplainedStep {
  readonly stage: string;
  readonly text: string;
  /** `APIRule namespace/name spec.rules[2]`. */
  readonly rule?: string;
}

/** The first rule in list order whose path and method take the request. */
export interface IntendedRule {
  readonly rule: string;
  readonly path: string;
  readonly access: 'noAuth' | 'jwt' | 'extAuth';
  /** False when the request gets in without what the rule asks for. */
  readonly isKept: boolean;
}
