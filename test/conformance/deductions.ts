import type { Deduction } from './deduction';
import { claimDeductions } from './deductions-claims';
import { hazardDeductions } from './deductions-hazards';
import { pathDeductions } from './deductions-paths';
import { tokenDeductions } from './deductions-tokens';

/** Everything about the data plane that Envoy was asked. */
export const deductions: readonly Deduction[] = [...pathDeductions, ...tokenDeductions, ...claimDeductions, ...hazardDeductions];
