import type { JsonObject } from './json';
import type { Destination, HttpRoute, Origin } from './istio';

/** A request as it reaches the ingress gateway (or, with `caller`, the workload from inside the cluster). */
export interface AccessRequest {
  /** As in the Host header, port included if there is one. */
  readonly host: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** Lower-case names. Several values of one name are joined with a comma, as Envoy sees them. */
  readonly headers: Readonly<Record<string, string>>;
  /** The values of names that came on several lines, one by one. `Authorization` needs none: Envoy joins it. @default - one line each */
  readonly headerLines?: Readonly<Record<string, readonly string[]>>;
  /** Absent: through the ingress gateway. Else the mTLS principal of an in-cluster caller; `''` for plain text. */
  readonly caller?: string;
}

/** What is known of one token string. `problem` is the reason text Envoy gives; without it the signature and times hold. */
export interface TokenFact {
  readonly issuer?: string;
  readonly claims?: JsonObject;
  readonly problem?: string;
}

/** Knowledge about tokens, by the exact token text. A token that is missing here makes the decision `unknown`. */
export type TokenFacts = ReadonlyMap<string, TokenFact>;

/** One step of the reasoning, for people. */
export interface Step {
  readonly stage: 'normalize' | 'route' | 'cors' | 'authenticate' | 'custom' | 'authorize';
  readonly text: string;
  readonly origin?: Origin;
}

/** What the data plane does with a request, and why. */
export interface Decision {
  /** `forward`: the workload gets it. `answer`: the gateway itself answers a CORS preflight. `unknown`: context is missing. */
  readonly verdict: 'forward' | 'deny' | 'answer' | 'unknown';
  /** Status of the gateway's own answer: 400, 401, 403, 404 for `deny`, 200 for `answer`; 0 otherwise. */
  readonly status: number;
  /** Body of the gateway's own answer, empty otherwise. */
  readonly body: string;
  readonly why: readonly Step[];
  readonly route?: HttpRoute;
  readonly destination?: Destination;
  /** Policy rule that admitted it. */
  readonly admittedBy?: Origin;
  /** For `unknown`: what the input lacks, e.g. `unknown because the ext authorizer oauth2-proxy is not in the input`. */
  readonly missing?: string;
}
