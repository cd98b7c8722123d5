/** Who may call what, host by host. */
export interface Matrix {
  readonly hosts: readonly HostAccess[];
}

/** Access through one host. */
export interface HostAccess {
  /** As in the VirtualService or APIRule; `*.example.com` stands for every host below it that has no own entry. */
  readonly host: string;
  /** `APIRule namespace/name`, the closest first. */
  readonly apiRules: readonly string[];
  readonly rows: readonly AccessRow[];
  /** What becomes of every request that no row takes. */
  readonly otherwise: string;
  /** Origins whose preflights the gateway answers itself. @default - none */
  readonly corsOrigins?: readonly string[];
  /** What a reader should know beside the rows, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * `public`: anybody. `jwt`: holders of a valid token. `extAuth`: whom an external authorizer lets in. `closed`: a route leads there and
 * policies refuse everybody. `unreached`: a rule that gets no request. `unknown`: the input does not tell.
 */
export type AccessKind = 'public' | 'jwt' | 'extAuth' | 'closed' | 'unreached' | 'unknown';

/** Requests that are treated alike. */
export interface AccessRow {
  /** As the rule writes it; what the route compares where no rule is known. */
  readonly path: string;
  readonly methods: readonly string[];
  readonly access: AccessKind;
  /** Who gets in, as alternatives; empty unless `access` is `jwt`, or `extAuth` that asks for a token, too. */
  readonly callers: readonly CallerClass[];
  /** External authorizers that are asked. */
  readonly authorizers: readonly string[];
  /** Where the route is from: `APIRule namespace/name spec.rules[2]`, or the VirtualService. */
  readonly rule: string;
  /** What admits or refuses: the rule itself, other rules, policies that no rule made. Sorted. */
  readonly decidedBy: readonly string[];
  /** Absent where not even the route is known. */
  readonly workload?: WorkloadRef;
  /** A request that the row takes, without the host. */
  readonly example: string;
  /** True when the row takes only some paths of its rule, such as the one in the example. */
  readonly part: boolean;
  /** What the input lacks, for `unknown`. */
  readonly missing?: string;
  readonly notes: readonly string[];
}

/** Holders of a token who get in. */
export interface CallerClass {
  readonly issuers: readonly string[];
  /** All are needed, in one of the claims `scp`, `scope` and `scopes`. */
  readonly scopes: readonly string[];
  /** All are needed. */
  readonly audiences: readonly string[];
  /** Further conditions of policies that no rule made, in words. */
  readonly conditions: readonly string[];
  /** Where the workload looks for the token, such as `header Authorization: Bearer `. */
  readonly tokenFrom: readonly string[];
}

/** Service that a route leads to. */
export interface WorkloadRef {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  /** True when the input does not hold the Service, so that equal names were taken for equal Pods. */
  readonly assumed: boolean;
}
