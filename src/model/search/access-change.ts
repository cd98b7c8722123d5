import type { Caller } from './caller';

/** One kind of request of which a change of manifests makes something else. */
export interface AccessChange {
  readonly kind: 'opened' | 'closed' | 'altered';
  /** The first request that shows it. */
  readonly request: { readonly host: string; readonly method: string; readonly path: string };
  /** Who sends it: `without a token`, or `with a token of ISSUER` and its claims. */
  readonly caller: Caller;
  readonly before: string;
  readonly after: string;
  /** `namespace/name rule N` of the APIRule that admitted or took it. */
  readonly beforeRule?: string;
  readonly afterRule?: string;
}
