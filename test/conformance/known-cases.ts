import type { ConformanceCase } from './conformance-case';
import { deductions } from './deductions';

/** Cases whose outcome is written down: one for each deduction. */
export const knownCases: readonly ConformanceCase[] = deductions.map(({ title, manifests, requests }) => ({
  name: title,
  manifests,
  requests: requests.map(({ call }) => call),
}));
