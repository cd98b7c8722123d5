import type { ProbeOutcome } from './run-probe';

/**
 * Explains breaches by their twins: when a plainer attack on the same endpoint got through too, the finer one shows nothing of its own
 * and becomes a variant of it. Outcomes are those of one endpoint.
 */
export function attribute(outcomes: readonly ProbeOutcome[]): ProbeOutcome[] {
  const breached = outcomes.filter(({ kind }) => kind === 'breach');
  return outcomes.map((outcome) => {
    if (outcome.kind !== 'breach') return outcome;
    const twin = breached.find(
      ({ probe, issuer }) =>
        outcome.probe.twins.includes(probe.id) && (issuer === undefined || outcome.issuer === undefined || issuer === outcome.issuer),
    );
    return twin
      ? { ...outcome, kind: 'skipped', explained: true, reason: `got through as well, which ${twin.probe.id} explains` }
      : outcome;
  });
}
