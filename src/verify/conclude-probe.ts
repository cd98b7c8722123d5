import type { Severity } from '../model/check-result';
import type { CanaryPlace } from './canary';
import type { intentOfPath } from './endpoint';
import type { Sign } from './host-health';
import type { Verdict } from './judge';
import type { Attempt, Probe } from './probe';
import type { Exchange } from './session';

/** What became of a probe. `gone`: target and control stopped answering. `unsteady`: answers are neither, while the control is fine.
 * `cut`: the limit of the run came before an end. `untried`: what the user asked for could not be sent. */
export interface ProbeOutcome {
  readonly probe: Probe;
  /** Absent for probes that are run once per endpoint. */
  readonly issuer?: string;
  readonly kind: 'refused' | 'breach' | 'unsteady' | 'gone' | 'cut' | 'untried' | 'skipped';
  /** A plainer probe that got through explains this one. @default false */
  readonly explained?: boolean;
  /** For `breach`: it took no token, not even one of our own. @default false */
  readonly withoutToken?: boolean;
  /** For `unsteady`: an attack got through, and did not when it was made again. @default false */
  readonly suspected?: boolean;
  /** For `refused`: also without a control this is a refusal. */
  readonly certain: boolean;
  readonly reason: string;
  readonly severity: Severity;
  /** Names of the variants that got through, or that were neither. */
  readonly variants: readonly string[];
  /** Variants that the budget of the profile left out. @default 0 */
  readonly leftOut?: number;
  readonly exchange?: Exchange;
}

/** One variant with its verdict. */
export interface Judged {
  readonly variant: string;
  readonly credential: Attempt['credential']['kind'];
  readonly verdict: Verdict;
  readonly exchange: Exchange;
  readonly intent: ReturnType<typeof intentOfPath>;
  readonly controlGone: boolean;
  readonly heldUp?: Sign;
  readonly lure?: Pick<CanaryPlace, 'fetched'>;
  readonly lacks?: string;
  /** It was refused, and what it leads to was fetched all the same. @default false */
  readonly onlyFetched?: boolean;
}

/** A fetch is evidence by itself, whatever the answer was. Looked at when all variants were sent: it may come after the answer. */
export function withFetch(judged: Judged): Judged {
  const [target] = judged.lure?.fetched() ?? [];
  if (target === undefined || judged.verdict.kind === 'breach') return judged;
  const reason = `the address in the token was asked for (${target.slice(0, 80)}), and the token then refused`;
  return { ...judged, verdict: { kind: 'breach', certain: true, reason }, onlyFetched: true };
}

/** What follows from the variants of one probe. */
export type Conclusion = Omit<ProbeOutcome, 'issuer' | 'leftOut'>;

/** Concludes from all variants that were sent. @param absent why none was @param untried clients that were named and could not be tried */
export function concludeProbe(
  probe: Probe,
  judged: readonly Judged[],
  { absent, untried }: { absent: string; untried: readonly string[] },
): Conclusion {
  const base = { probe, severity: probe.severity, certain: true, variants: [] as string[] };
  const breaches = judged.filter(({ verdict }) => verdict.kind === 'breach');
  const unclear = judged.filter(({ verdict }) => verdict.kind === 'unclear');
  const suspected = unclear.find(({ verdict }) => verdict.settled);
  const worst = breaches[0] ?? suspected ?? unclear.find(({ exchange }) => exchange.facts.kind === 'failure') ?? unclear[0];
  if (worst) {
    const kind = breaches.length > 0 ? 'breach' : unclear.some(({ controlGone }) => controlGone) ? 'gone' : 'unsteady';
    const variants = (kind === 'breach' ? breaches : unclear).map(({ variant }) => variant);
    const withoutToken = breaches.some(({ credential }) => credential === 'none' || credential === 'text');
    return {
      ...base,
      kind,
      withoutToken,
      ...(kind === 'unsteady' && suspected && { suspected: true }),
      severity: severityOf(probe, breaches),
      reason: kind === 'breach' ? [worst.verdict.reason, ...breaches.flatMap(lacking)].join('; ') : worst.verdict.reason,
      variants,
      exchange: worst.exchange,
    };
  }
  if (untried.length > 0) return { ...base, kind: 'untried', reason: untried.join('; ') };
  // What would be a refusal only with a control speaks for the whole probe.
  const shown = judged.find(({ verdict }) => !verdict.certain) ?? judged[0];
  if (!shown) return { ...base, kind: 'skipped', reason: absent };
  const { verdict, exchange } = shown;
  return {
    ...base,
    kind: 'refused',
    certain: verdict.certain,
    reason: verdict.reason,
    variants: judged.map(({ variant }) => variant),
    exchange,
  };
}

function lacking({ variant, lacks }: Judged): string[] {
  return lacks === undefined ? [] : [`the token of ${variant} lacks ${lacks}`];
}

/**
 * What only leaks through a rule that is public by intent needs its author's mistake, not the gateway's; an address that is fetched lets
 * nobody in: medium at most.
 */
function severityOf(probe: Probe, breaches: readonly Judged[]): Severity {
  const capped =
    breaches.length > 0 &&
    breaches.every(({ intent, onlyFetched }) => intent === 'public' || onlyFetched) &&
    (probe.severity === 'critical' || probe.severity === 'high');
  return capped ? 'medium' : probe.severity;
}
