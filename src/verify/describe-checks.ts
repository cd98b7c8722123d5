import type { Severity } from '../model/check-result';
import { allIssuerChecks } from './issuer-checks/all-issuer-checks';
import { allProbes } from './probes/all-probes';
import { publicOpen } from './probes/public-open';
import { allTokenChecks } from './token-checks/all-token-checks';

/** What a check says about itself, for formats that describe what they report. */
export interface CheckDescription {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
  readonly docs: string;
  readonly refs: readonly string[];
}

/** Every probe and check of `verify`, and the two claims that are concluded from them. */
export function probeRules(): CheckDescription[] {
  const described = [...allProbes, publicOpen].map(({ breach, ...probe }) => ({ ...probe, why: breach }));
  const passive = [...allIssuerChecks, ...allTokenChecks].map((check) => ({ ...check, why: `${check.title}.` }));
  return [...claims, ...passive, ...described].map(({ id, title, severity, why, fix, refs }) => {
    return { id, title, severity, why, fix, docs: isClaimId(id) ? 'docs/verify.md' : `docs/probes.md#${id}`, refs };
  });
}

const claims = [
  {
    id: 'closed-to-anonymous',
    title: 'Closed to callers without a token',
    severity: 'critical',
    why: 'A request without a token got in, or it could not be told.',
    fix: 'Follow the probe that got through, at the same route.',
    refs: ['CWE-306'],
  },
  {
    id: 'protected',
    title: 'Opens for the right token and for nothing else',
    severity: 'critical',
    why: 'A hostile request got in, the good token did not, or it could not be told.',
    fix: 'Follow the probe that got through or the control, at the same route.',
    refs: ['CWE-287', 'CWE-863'],
  },
] as const;

function isClaimId(id: string): boolean {
  return claims.some((claim) => claim.id === id);
}
