import type { PrintedIstio } from '../model/print-istio';
import type { Changes } from './against/explain-changes';
import type { ClosingPolicy } from './close/deny-policy';
import type { LastChange } from './live/live-object';
import type { Matrix } from './matrix/matrix';
import type { Explanation } from './request/explanation';

/** What `explain` found out, for those who show it. */
export type Answer =
  | { readonly kind: 'matrix'; readonly matrix: Matrix; readonly apiRules: readonly StatusLine[]; readonly missing: readonly string[] }
  | { readonly kind: 'istio'; readonly objects: readonly PrintedIstio[] }
  | { readonly kind: 'request'; readonly decision: Explanation; readonly missing: readonly string[] }
  | { readonly kind: 'close'; readonly policy: ClosingPolicy }
  | { readonly kind: 'against'; readonly changes: Changes };

/** What the cluster says of one APIRule. */
export interface StatusLine {
  /** `namespace/name`. */
  readonly apiRule: string;
  readonly state: string;
  readonly description?: string;
  /** RFC 3339. */
  readonly lastReconcile?: string;
  readonly lastChange?: LastChange;
  readonly origin?: 'v1beta1';
}
