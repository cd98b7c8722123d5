import type { Severity } from '../model/check-result';
import type { JsonObject } from '../model/json';
import type { Manifest } from '../model/manifest';

/** What `runExplain` is asked. */
export interface ExplainInput {
  readonly manifests: readonly Manifest[];
  /** @default - the access matrix */
  readonly question?: Question;
  readonly options?: ExplainOptions;
}

/** How `runExplain` reads its input and judges. */
export interface ExplainOptions {
  /** Completes hosts of one label. @default - the wildcard host of the Gateway, if the input holds it */
  readonly domain?: string;
  /** Further manifests of the cluster: they take part in every decision, and are not reported on. @default - none */
  readonly context?: readonly Manifest[];
  /** Findings as bad as this or worse are `fail`. @default - none is: explaining is no judging */
  readonly failOn?: Severity;
}

/** One thing that can be explained. */
export type Question =
  | { readonly kind: 'matrix' }
  | { readonly kind: 'istio' }
  | ({ readonly kind: 'request' } & RequestQuestion)
  | { readonly kind: 'close'; readonly line: string }
  | { readonly kind: 'against'; readonly before: readonly Manifest[]; readonly failOnOpen: boolean };

/** A request as people write it. */
export interface RequestQuestion {
  /** `GET https://host/path`. */
  readonly line: string;
  /** `Name: value` each. `$TOKEN` in a value stands for the token of `claims`. @default - none */
  readonly headers?: readonly string[];
  /** Claims of a valid token, `iss` among them. @default - no token */
  readonly claims?: JsonObject;
  /** Principal of a caller inside the cluster; empty for one without identity. @default - from outside */
  readonly caller?: string;
}
