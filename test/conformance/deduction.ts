import type { JsonObject } from '../../src/model/json';
import type { CaseRequest } from './conformance-case';

/** One thing that was believed about the data plane before Envoy was asked, and what Envoy says. */
export interface Deduction {
  /** What was believed. */
  readonly belief: string;
  readonly verdict: 'confirmed' | 'refuted';
  /** What is true; the name of the test. */
  readonly title: string;
  readonly manifests: readonly JsonObject[];
  readonly requests: readonly { readonly call: CaseRequest; readonly expected: string }[];
}

/** Pairs requests with the answers that Envoy gives. */
export function answers(...pairs: readonly (readonly [CaseRequest, string])[]): Deduction['requests'] {
  return pairs.map(([call, expected]) => ({ call, expected }));
}
