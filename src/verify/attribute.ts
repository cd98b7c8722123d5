import { severities, type Severity } from '../model/check-result';
import type { ProbeOutcome } from './conclude-probe';

/** How the reason of a probe begins that got through as a plainer one did. */
export const explainedBy = 'got through as well, which ';

/**
 * Explains breaches by their twins: when a plainer attack on the same endpoint got through too, the finer one shows nothing of its own
 * and becomes a variant of it. What explains others is as bad as the worst of them: whoever accepted it when it was less has not accepted
 * those. Outcomes are those of one endpoint.
 */
export function attribute(outcomes: readonly ProbeOutcome[]): ProbeOutcome[] {
  const breached = outcomes.filter(({ kind }) => kind === 'breach');
  const twins = new Map(
    breached.flatMap((outcome) => {
      const twin = breached.find((other) => explains(other, outcome));
      return twin ? [[outcome, twin] as const] : [];
    }),
  );
  const worst = new Map<ProbeOutcome, Severity>();
  for (const outcome of breached) {
    const root = rootOf(outcome, twins);
    worst.set(root, worse(worst.get(root) ?? root.severity, outcome.severity));
  }
  return outcomes.map((outcome) => {
    const twin = twins.get(outcome) ?? (isOfContent(outcome) ? breached.find((other) => explains(other, outcome)) : undefined);
    if (!twin) return { ...outcome, severity: worst.get(outcome) ?? outcome.severity };
    return { ...outcome, kind: 'skipped', explained: true, reason: `${explainedBy}${twin.probe.id} explains` };
  });
}

/** It got content of which nobody knows whose it is: no finding beside a plainer attack that got through. */
function isOfContent({ kind, exchange }: ProbeOutcome): boolean {
  return kind === 'unsteady' && exchange?.facts.kind === 'answer' && exchange.facts.status < 300;
}

/** A token that anybody can write does not explain how somebody without any got in. */
function explains(twin: ProbeOutcome, { probe, issuer, withoutToken = false }: ProbeOutcome): boolean {
  if (!probe.twins.includes(twin.probe.id)) return false;
  if (withoutToken && probe.claim === 'closed-to-anonymous' && twin.probe.claim === 'protected') return false;
  return twin.issuer === undefined || issuer === undefined || twin.issuer === issuer;
}

/** What explains it in the end. */
function rootOf(outcome: ProbeOutcome, twins: ReadonlyMap<ProbeOutcome, ProbeOutcome>): ProbeOutcome {
  const seen = new Set<ProbeOutcome>();
  let root = outcome;
  for (let twin = twins.get(root); twin && !seen.has(twin); twin = twins.get(root)) {
    seen.add(twin);
    root = twin;
  }
  return root;
}

function worse(one: Severity, other: Severity): Severity {
  return severities.indexOf(one) <= severities.indexOf(other) ? one : other;
}
